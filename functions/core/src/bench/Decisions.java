package dev.berth.bench;

import dev.berth.core.authz.Authorizer.Attempt;
import dev.berth.core.authz.Principal;
import dev.berth.core.policy.ApplicablePolicies;
import dev.berth.core.policy.PolicyDocument;
import dev.berth.core.policy.PolicyEngine;
import dev.berth.core.policy.PolicyReader;
import dev.berth.core.policy.PolicySize;
import dev.berth.core.policy.Verdict;
import dev.berth.core.policy.condition.RequestContext;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What a decision over 20 statements takes once it is warm, and what it allocates. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class Decisions {

  private static final int STATEMENTS = 20;

  private static final Map<String, String> OTHER_STATEMENTS =
      Map.of(
          "actions", statement("ecr:Batch*", "team", ""),
          "resources", statement("ecr:Put*", "${aws:username}", ""),
          "conditions", statement("ecr:Put*", "team", conditions("d*-*")));

  /** What the statements that do not apply differ by, all but the last one. */
  @Param({"actions", "resources", "conditions"})
  public String differBy;

  private ApplicablePolicies policies;

  @Setup
  public void read() {
    String last = statement("ecr:*", "team", differBy.equals("conditions") ? conditions("d*") : "");
    String statements =
        IntStream.range(0, STATEMENTS)
            .mapToObj(i -> i == STATEMENTS - 1 ? last : OTHER_STATEMENTS.get(differBy))
            .collect(Collectors.joining(","));
    PolicyDocument policy =
        PolicyReader.ofIdentity(PolicySize.INLINE_OF_ROLE)
            .read("{\"Version\":\"2012-10-17\",\"Statement\":[%s]}".formatted(statements));
    policies = ApplicablePolicies.NONE.withIdentity(policy);
    if (!(decide() instanceof Verdict.Allowed)) {
      throw new IllegalStateException("the last statement allows it");
    }
  }

  /** Of a new request each time, of which nothing was read before. */
  @Benchmark
  public Verdict decide() {
    var attempt =
        new Attempt(
            new Principal("123456789012", "arn:aws:iam::123456789012:user/ann", "AIDA", "AKIA"),
            "ecr:PutImage",
            "arn:aws:ecr:us-east-1:123456789012:repository/team/app",
            RequestContext.builder()
                .with("aws:SourceIp", "203.0.113.7")
                .with("aws:CurrentTime", "2026-06-01T00:00:00Z")
                .with("aws:username", "ann")
                .with("ecr:ResourceTag/environment", "dev")
                .build());
    return PolicyEngine.decide(attempt, policies);
  }

  private static String statement(String action, String folder, String condition) {
    return """
    {"Effect":"Allow","Action":["ecr:Get*","%s"],
    "Resource":"arn:aws:ecr:*:123456789012:repository/%s/*"%s}\
    """
        .formatted(action, folder, condition);
  }

  private static String conditions(String environment) {
    return """
    ,"Condition":{"IpAddress":{"aws:SourceIp":["203.0.113.0/24","2001:db8::/32"]},
    "DateLessThan":{"aws:CurrentTime":"2027-01-01T00:00:00Z"},
    "StringLike":{"ecr:ResourceTag/environment":["%s","${aws:username}"]}}\
    """
        .formatted(environment);
  }
}
