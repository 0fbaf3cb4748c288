package dev.berth.lambda.iam;

import dev.berth.lambda.query.Element;
import dev.berth.lambda.query.QueryRequest;
import dev.berth.registry.identity.User;
import dev.berth.registry.identity.Users;
import dev.berth.registry.store.Page;
import java.util.List;

/** The users of the account, by name. */
record ListUsers(Users users, Paging paging) implements IamAction {

  @Override
  public String name() {
    return "ListUsers";
  }

  @Override
  public String resource(QueryRequest request) {
    return "*";
  }

  @Override
  public List<Element> run(QueryRequest request) {
    String prefix = Names.pathPrefix(request);
    Page<User> page =
        paging.page(
            request,
            (after, limit) -> users.list(request.account(), after, limit),
            user -> user.path().startsWith(prefix));
    return paging.answer(
        request, "Users", page, user -> Element.of("member", UserElement.listed(user)));
  }
}
