package dev.berth.lambda.iam;

import dev.berth.lambda.query.Element;
import dev.berth.lambda.query.QueryRequest;
import dev.berth.registry.identity.Role;
import dev.berth.registry.identity.Roles;
import dev.berth.registry.store.Page;
import java.util.List;

/** The roles of the account, by name, those of services too. */
record ListRoles(Roles roles, Paging paging) implements IamAction {

  @Override
  public String name() {
    return "ListRoles";
  }

  @Override
  public String resource(QueryRequest request) {
    return "*";
  }

  @Override
  public List<Element> run(QueryRequest request) {
    String prefix = Names.pathPrefix(request);
    Page<Role> page =
        paging.page(
            request,
            (after, limit) -> roles.list(request.account(), after, limit),
            role -> role.path().startsWith(prefix));
    return paging.answer(
        request, "Roles", page, role -> Element.of("member", RoleElement.listed(role)));
  }
}
