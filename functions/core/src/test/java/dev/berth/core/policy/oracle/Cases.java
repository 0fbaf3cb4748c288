package dev.berth.core.policy.oracle;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Makes cases whose parts are near enough to each other that all decisions occur. The key
 * aws:EpochTime is compared as a number only: the simulator takes it for milliseconds where it is
 * compared as a date, but it is in seconds ("AWS global condition context keys").
 */
final class Cases {

  static final String HOME = "123456789012";

  /** A date of a policy. */
  static final String SECONDS = "1780272000";

  private static final String AWAY = "999999999999";

  private static final List<String> ACTIONS =
      List.of("ecr:BatchGetImage", "ecr:PutImage", "ecr:TagResource", "ecr:DeleteRepository");
  private static final List<String> ACTION_PATTERNS =
      List.of(
          "*",
          "ecr:*",
          "ecr:Batch*",
          "ECR:put*",
          "ecr:PutImage",
          "ecr:*Image",
          "ecr:BatchGetImag?",
          "ecr:TagResource",
          "ecr:Delete*");
  private static final List<String> REPOSITORIES = List.of("app", "team/app", "ann/web", "prod-1");
  private static final List<String> RESOURCE_PATTERNS =
      List.of(
          "*",
          "arn:aws:ecr:*:*:repository/*",
          "arn:aws:ecr:us-east-1:123456789012:repository/app",
          "arn:aws:ecr:*:123456789012:repository/*app",
          "arn:aws:ecr:us-east-?:*:repository/${aws:username}/*",
          "arn:aws:ecr:*:*:repository/${aws:PrincipalTag/team, 'prod'}-?",
          "arn:aws:ecr:eu-*:*:repository/*",
          "arn:aws:s3:::bucket/*");

  private final Random random;

  Cases(long seed) {
    this.random = new Random(seed);
  }

  Case next() {
    String account = chance(4) ? AWAY : HOME;
    String principal =
        pick(
                "arn:aws:iam::%s:user/ann",
                "arn:aws:iam::%s:user/ann",
                "arn:aws:sts::%s:assumed-role/ci/run-1",
                "arn:aws:sts::%s:assumed-role/ci/run-1",
                "arn:aws:iam::%s:root")
            .formatted(account);
    boolean isSession = principal.contains("assumed-role");
    boolean isRoot = principal.endsWith("root");
    return new Case(
        principal,
        pick(ACTIONS),
        "arn:aws:ecr:us-east-1:%s:repository/%s".formatted(HOME, pick(REPOSITORIES)),
        HOME,
        context(principal, isSession),
        optional(isRoot || chance(5), this::identityPolicy),
        optional(chance(3), this::repositoryPolicy),
        optional(isRoot || !chance(4), this::identityPolicy),
        optional(!isSession || !chance(3), this::identityPolicy));
  }

  private Map<String, List<String>> context(String principal, boolean isSession) {
    Map<String, List<String>> context = new LinkedHashMap<>();
    context.put("aws:SourceIp", List.of(pick("203.0.113.7", "198.51.100.9", "2001:db8::7")));
    context.put("aws:SecureTransport", List.of(pick("true", "false")));
    context.put("aws:CurrentTime", List.of(pick("2026-03-01T00:00:00Z", "2026-09-01T12:00:00Z")));
    context.put("aws:EpochTime", List.of(pick("1772323200", "1788264000")));
    context.put("aws:UserAgent", List.of(pick("docker/28", "aws-cli/2.1")));
    context.put(
        "aws:PrincipalArn",
        List.of(
            isSession ? "arn:aws:iam::%s:role/ci".formatted(principal.split(":")[4]) : principal));
    context.put("aws:PrincipalAccount", List.of(principal.split(":")[4]));
    if (principal.contains(":user/")) {
      context.put("aws:username", List.of("ann"));
    }
    sometimes(context, "aws:PrincipalTag/team", "app", "prod");
    sometimes(context, "ecr:ResourceTag/environment", "prod", "dev");
    sometimes(context, "aws:ResourceTag/environment", "prod", "dev");
    sometimes(context, "aws:RequestTag/environment", "prod", "Dev");
    sometimes(context, "aws:MultiFactorAuthAge", "10", "4000");
    if (chance(2)) {
      context.put("aws:TagKeys", pick(List.of("a"), List.of("a", "b"), List.of("b", "c")));
    }
    return context;
  }

  private void sometimes(Map<String, List<String>> context, String key, String... values) {
    if (chance(2)) {
      context.put(key, List.of(pick(values)));
    }
  }

  private String identityPolicy() {
    return policy(
        () ->
            "%s,%s,%s%s"
                .formatted(
                    effect(),
                    element(pick("Action", "Action", "Action", "NotAction"), ACTION_PATTERNS),
                    element(
                        pick("Resource", "Resource", "Resource", "NotResource"), RESOURCE_PATTERNS),
                    condition()));
  }

  private String repositoryPolicy() {
    return policy(
        () -> {
          boolean deny = chance(3);
          String principal =
              deny && chance(2)
                  ? "\"NotPrincipal\":%s".formatted(principals())
                  : "\"Principal\":%s".formatted(principals());
          return "\"Effect\":\"%s\",%s,%s%s"
              .formatted(
                  deny ? "Deny" : "Allow",
                  principal,
                  element(pick("Action", "Action", "Action", "NotAction"), ACTION_PATTERNS),
                  condition());
        });
  }

  private String policy(Supplier<String> statement) {
    return "{\"Version\":\"%s\",\"Statement\":[%s]}"
        .formatted(
            chance(8) ? "2008-10-17" : "2012-10-17",
            IntStream.rangeClosed(0, random.nextInt(3))
                .mapToObj(_ -> "{" + statement.get() + "}")
                .collect(Collectors.joining(",")));
  }

  private String effect() {
    return "\"Effect\":\"%s\"".formatted(chance(4) ? "Deny" : "Allow");
  }

  private String principals() {
    if (chance(4)) {
      return "\"*\"";
    }
    String account = pick(HOME, HOME, AWAY);
    return "{\"AWS\":%s}"
        .formatted(
            some(
                Stream.of(
                        "%s",
                        "arn:aws:iam::%s:root",
                        "arn:aws:iam::%s:user/ann",
                        "arn:aws:iam::%s:user/bob",
                        "arn:aws:iam::%s:role/ci",
                        "arn:aws:sts::%s:assumed-role/ci/run-1",
                        "*")
                    .map(arn -> arn.formatted(account))
                    .toList()));
  }

  private String condition() {
    if (chance(2)) {
      return "";
    }
    Map<String, String> byOperator = new LinkedHashMap<>();
    for (int lines = 1 + random.nextInt(2); lines > 0; lines--) {
      line(byOperator);
    }
    return ",\"Condition\":{%s}".formatted(String.join(",", byOperator.values()));
  }

  /** An operator with a key and values that fit it. */
  private void line(Map<String, String> byOperator) {
    switch (random.nextInt(9)) {
      case 0 ->
          line(
              byOperator,
              any("String", List.of("Equals", "NotEquals", "EqualsIgnoreCase", "Like", "NotLike")),
              pick(
                  "aws:RequestTag/environment",
                  "ecr:ResourceTag/environment",
                  "aws:ResourceTag/environment",
                  "aws:PrincipalTag/team"),
              List.of("prod", "dev", "p*", "?ev", "${aws:PrincipalTag/team}", "a${*}"));
      case 1 ->
          line(
              byOperator,
              any("", List.of("IpAddress", "NotIpAddress")),
              "aws:SourceIp",
              List.of("203.0.113.0/24", "198.51.100.9", "2001:db8::/32", "0.0.0.0/0"));
      case 2 ->
          line(
              byOperator,
              any(
                  "Date",
                  List.of("Equals", "NotEquals", "LessThan", "GreaterThan", "GreaterThanEquals")),
              "aws:CurrentTime",
              List.of("2026-03-01T00:00:00Z", "2026-06-01T00:00:00Z", SECONDS));
      case 3 ->
          line(
              byOperator,
              any("", List.of("Bool")),
              "aws:SecureTransport",
              List.of("true", "false"));
      case 4 ->
          line(
              byOperator,
              any("Numeric", List.of("Equals", "NotEquals", "LessThan", "LessThanEquals")),
              pick("aws:MultiFactorAuthAge", "aws:EpochTime"),
              List.of("10", "3600", "4000", "1788264000"));
      case 5 ->
          line(
              byOperator,
              any("Arn", List.of("Equals", "NotEquals", "Like", "NotLike")),
              "aws:PrincipalArn",
              List.of(
                  "arn:aws:iam::123456789012:user/ann",
                  "arn:aws:iam::*:user/${aws:username}",
                  "arn:aws:iam::999999999999:*",
                  "arn:aws:iam::123456789012:role/c?"));
      case 6 ->
          line(
              byOperator,
              pick("ForAllValues:", "ForAnyValue:")
                  + any("String", List.of("Equals", "NotEquals", "Like", "NotLike")),
              "aws:TagKeys",
              List.of("a", "b", "c*"));
      case 7 ->
          line(
              byOperator,
              "Null",
              pick("aws:MultiFactorAuthAge", "aws:TagKeys", "aws:username"),
              List.of("true", "false"));
      default ->
          line(
              byOperator,
              any("String", List.of("Equals", "Like", "NotEquals")),
              pick("aws:PrincipalAccount", "aws:UserAgent", "aws:username"),
              List.of(HOME, "docker/*", "ann", "${aws:PrincipalAccount}"));
    }
  }

  private String any(String family, List<String> operators) {
    return family + pick(operators) + (chance(4) ? "IfExists" : "");
  }

  private void line(
      Map<String, String> byOperator, String operator, String key, List<String> values) {
    String wanted = operator.equals("Null") ? text(pick(values)) : some(values);
    byOperator.put(operator, "\"%s\":{\"%s\":%s}".formatted(operator, key, wanted));
  }

  private String element(String name, List<String> values) {
    return "\"%s\":%s".formatted(name, some(values));
  }

  /** One or two of the values, as JSON. */
  private String some(List<String> values) {
    if (chance(2)) {
      return text(pick(values));
    }
    List<String> picked = new ArrayList<>(List.of(text(pick(values)), text(pick(values))));
    return "[" + String.join(",", picked) + "]";
  }

  private static String text(String value) {
    return "\"" + value + "\"";
  }

  private <T> Optional<T> optional(boolean absent, Supplier<T> value) {
    return absent ? Optional.empty() : Optional.of(value.get());
  }

  /** One time in so many. */
  private boolean chance(int in) {
    return random.nextInt(in) == 0;
  }

  @SafeVarargs
  private <T> T pick(T... values) {
    return values[random.nextInt(values.length)];
  }

  private <T> T pick(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }
}
