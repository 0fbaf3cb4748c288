import com.sun.management.ThreadMXBean;
import dev.berth.core.authz.Authorizer.Attempt;
import dev.berth.core.authz.Principal;
import dev.berth.core.policy.ApplicablePolicies;
import dev.berth.core.policy.PolicyDocument;
import dev.berth.core.policy.PolicyEngine;
import dev.berth.core.policy.PolicyReader;
import dev.berth.core.policy.PolicySize;
import dev.berth.core.policy.Verdict;
import dev.berth.core.policy.condition.RequestContext;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What a decision over 20 statements takes once it is warm, and what it allocates. Run with:
 *
 * <pre>java -cp CLASSES:JACKSON functions/core/src/bench/Decisions.java</pre>
 */
public final class Decisions {

  private static final int STATEMENTS = 20;
  private static final int ROUNDS = 10;
  private static final int PER_ROUND = 200_000;

  private Decisions() {}

  public static void main(String[] arguments) {
    measure("actions", policies("ecr:Batch*", "team", ""));
    measure("resources", policies("ecr:Put*", "${aws:username}", ""));
    measure(
        "conditions",
        policies(
            "ecr:Put*",
            "team",
            """
            ,"Condition":{"IpAddress":{"aws:SourceIp":["203.0.113.0/24","2001:db8::/32"]},
            "StringLike":{"ecr:ResourceTag/environment":["d*","${aws:username}"]},
            "DateLessThan":{"aws:CurrentTime":"2027-01-01T00:00:00Z"}}\
            """));
  }

  /** Of a new request each time, of which nothing was read before. */
  private static Attempt attempt() {
    return new Attempt(
        new Principal("123456789012", "arn:aws:iam::123456789012:user/ann", "AIDA", "AKIA"),
        "ecr:PutImage",
        "arn:aws:ecr:us-east-1:123456789012:repository/team/app",
        RequestContext.builder()
            .with("aws:SourceIp", "203.0.113.7")
            .with("aws:CurrentTime", "2026-06-01T00:00:00Z")
            .with("aws:username", "ann")
            .with("ecr:ResourceTag/environment", "dev")
            .build());
  }

  /** The last of the statements allows, and all that come before are looked at as well. */
  private static ApplicablePolicies policies(String action, String folder, String condition) {
    String statements =
        IntStream.range(0, STATEMENTS)
            .mapToObj(
                i ->
                    """
                    {"Effect":"Allow","Action":["ecr:Get*","%s"],
                    "Resource":"arn:aws:ecr:*:123456789012:repository/%s/*"%s}\
                    """
                        .formatted(
                            i == STATEMENTS - 1 ? "ecr:*" : action,
                            i == STATEMENTS - 1 ? "team" : folder,
                            condition))
            .collect(Collectors.joining(","));
    PolicyDocument policy =
        PolicyReader.ofIdentity(PolicySize.INLINE_OF_ROLE)
            .read("{\"Version\":\"2012-10-17\",\"Statement\":[%s]}".formatted(statements));
    return ApplicablePolicies.NONE.withIdentity(policy);
  }

  private static void measure(String name, ApplicablePolicies policies) {
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    double[] micros = new double[ROUNDS];
    long allowed = 0;
    long bytes = 0;
    for (int round = 0; round < ROUNDS; round++) {
      long allocated = threads.getCurrentThreadAllocatedBytes();
      long start = System.nanoTime();
      for (int i = 0; i < PER_ROUND; i++) {
        if (PolicyEngine.decide(attempt(), policies) instanceof Verdict.Allowed) {
          allowed++;
        }
      }
      micros[round] = (System.nanoTime() - start) / 1e3 / PER_ROUND;
      bytes = (threads.getCurrentThreadAllocatedBytes() - allocated) / PER_ROUND;
    }
    Arrays.sort(micros);
    System.out.printf(
        "%s: median %.2f us, worst %.2f us, %d bytes (%d allowed)%n",
        name, micros[ROUNDS / 2], micros[ROUNDS - 1], bytes, allowed);
  }
}
