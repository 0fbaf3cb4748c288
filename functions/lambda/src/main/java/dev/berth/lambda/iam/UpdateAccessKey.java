package dev.berth.lambda.iam;

import dev.berth.lambda.query.Element;
import dev.berth.lambda.query.QueryRequest;
import dev.berth.registry.identity.AccessKeys;
import java.util.List;

/** Makes an access key usable, or not. */
record UpdateAccessKey(OwnUserKind kind, AccessKeys keys) implements OwnUserAction {

  @Override
  public String name() {
    return "UpdateAccessKey";
  }

  @Override
  public List<Element> run(QueryRequest request) {
    KeyParameters.checkNotOfRoot(request);
    String id = KeyParameters.id(request);
    boolean active = KeyParameters.isToBeActive(request);
    keys.setActive(request.account(), kind.name(request), id, active);
    return List.of();
  }
}
