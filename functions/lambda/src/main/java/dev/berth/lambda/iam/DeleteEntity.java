package dev.berth.lambda.iam;

import dev.berth.lambda.query.Element;
import dev.berth.lambda.query.QueryRequest;
import java.util.List;

/** DeleteUser and DeleteRole: of one that has no policies and no access keys. */
record DeleteEntity(EntityKind kind) implements EntityAction {

  @Override
  public String name() {
    return "Delete" + kind.word();
  }

  @Override
  public List<Element> run(QueryRequest request) {
    kind.delete(request.account(), kind.name(request));
    return List.of();
  }
}
