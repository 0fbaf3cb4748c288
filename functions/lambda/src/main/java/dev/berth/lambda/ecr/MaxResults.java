package dev.berth.lambda.ecr;

import java.util.Optional;

/** How much of a listing one answer holds (ECR's MaxResults). */
final class MaxResults {

  private static final int DEFAULT = 100;
  private static final int MOST = 1000;

  private MaxResults() {}

  /** For the constructors of requests. */
  static void check(Optional<Integer> maxResults) {
    check(maxResults, MOST);
  }

  static void check(Optional<Integer> maxResults, int most) {
    maxResults.ifPresent(value -> Constraints.range("maxResults", value, 1, most));
  }

  /**
   * For the constructors of requests that either list or name what they want: those that name it
   * are answered whole.
   */
  static void refuseWith(String names, Optional<String> nextToken, Optional<Integer> maxResults) {
    if (nextToken.isPresent() || maxResults.isPresent()) {
      throw new EcrError.InvalidParameter(
          names, "must not be given together with nextToken or maxResults");
    }
  }

  static int orDefault(Optional<Integer> maxResults) {
    return maxResults.orElse(DEFAULT);
  }
}
