package dev.berth.lambda.iam;

import dev.berth.lambda.query.Element;
import dev.berth.lambda.query.QueryRequest;
import dev.berth.registry.identity.Users;
import java.util.List;

/** The user that is named, or the one who asks. */
record GetUser(Users users, OwnUserKind kind) implements OwnUserAction {

  @Override
  public String name() {
    return "GetUser";
  }

  @Override
  public List<Element> run(QueryRequest request) {
    return List.of(
        OwnUserKind.isOfRoot(request)
            ? UserElement.ofRoot(request.caller())
            : UserElement.of(users.require(request.account(), kind.name(request))));
  }
}
