package dev.berth.lambda.sts;

import dev.berth.lambda.query.QueryError;
import dev.berth.lambda.query.QueryRequest;

/** Parameters of STS's model that would bind a session to more than there is here. */
final class Unsupported {

  private Unsupported() {}

  /**
   * @param names of parameters, or of lists
   * @throws QueryError if there is one of them: what it asks for must not be passed over
   */
  static void refuse(QueryRequest request, String... names) {
    for (String name : names) {
      for (String sent : request.parameters().values().keySet()) {
        if (sent.equals(name) || sent.startsWith(name + ".")) {
          throw StsErrors.validation("The parameter %s is not supported.".formatted(name));
        }
      }
    }
  }
}
