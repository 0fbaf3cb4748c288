package dev.berth.lambda.iam;

import dev.berth.lambda.query.QueryRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/** What can be said of a role beside its name, as IAM's model has it. */
final class RoleParameters {

  private static final int LONGEST_DESCRIPTION = 1000;
  private static final Pattern DESCRIPTION =
      Pattern.compile("[\\u0009\\u000A\\u000D\\u0020-\\u007E\\u00A1-\\u00FF]*");

  private static final int SHORTEST_SESSION = 3600;
  private static final int LONGEST_SESSION = 43_200;

  private RoleParameters() {}

  static String description(QueryRequest request) {
    return request.text("Description", 0, LONGEST_DESCRIPTION, DESCRIPTION);
  }

  static Optional<String> optionalDescription(QueryRequest request) {
    return request.optionalText("Description", 0, LONGEST_DESCRIPTION, DESCRIPTION);
  }

  static Optional<Duration> longestSession(QueryRequest request) {
    OptionalInt seconds =
        request.optionalNumber("MaxSessionDuration", SHORTEST_SESSION, LONGEST_SESSION);
    return seconds.isEmpty()
        ? Optional.empty()
        : Optional.of(Duration.ofSeconds(seconds.getAsInt()));
  }
}
