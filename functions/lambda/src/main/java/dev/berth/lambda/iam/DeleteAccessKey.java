package dev.berth.lambda.iam;

import dev.berth.lambda.query.Element;
import dev.berth.lambda.query.QueryRequest;
import dev.berth.registry.identity.AccessKeys;
import java.util.List;

/** Deletes an access key, and with it what was made with it. */
record DeleteAccessKey(OwnUserKind kind, AccessKeys keys) implements OwnUserAction {

  @Override
  public String name() {
    return "DeleteAccessKey";
  }

  @Override
  public List<Element> run(QueryRequest request) {
    KeyParameters.checkNotOfRoot(request);
    keys.delete(request.account(), kind.name(request), KeyParameters.id(request));
    return List.of();
  }
}
