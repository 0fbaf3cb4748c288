package dev.berth.lambda.iam;

import dev.berth.lambda.query.Element;
import dev.berth.lambda.query.QueryRequest;
import dev.berth.registry.identity.Entity;
import java.util.List;

/** ListUserPolicies and ListRolePolicies: the names of the policies that are part of one. */
record ListInlinePolicies(EntityKind kind, Paging paging) implements EntityAction {

  @Override
  public String name() {
    return "List%sPolicies".formatted(kind.word());
  }

  @Override
  public List<Element> run(QueryRequest request) {
    Entity entity = kind.require(request.account(), kind.name(request));
    var names = List.copyOf(entity.permissions().inline().keySet());
    return paging.answer(
        request, "PolicyNames", paging.page(request, names), name -> Element.of("member", name));
  }
}
