package dev.berth.lambda.sts;

import dev.berth.lambda.query.Element;
import dev.berth.lambda.query.QueryRequest;
import java.util.List;

/**
 * Who the caller is. Everybody may ask, whatever policies say: a denial would tell as much (STS
 * API, GetCallerIdentity).
 */
final class GetCallerIdentity implements StsAction {

  @Override
  public List<Element> run(QueryRequest request) {
    return List.of(
        Element.of("Arn", request.caller().arn()),
        Element.of("UserId", request.caller().uniqueId()),
        Element.of("Account", request.caller().account()));
  }
}
