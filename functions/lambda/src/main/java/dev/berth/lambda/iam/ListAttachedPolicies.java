package dev.berth.lambda.iam;

import dev.berth.lambda.query.Element;
import dev.berth.lambda.query.QueryRequest;
import dev.berth.registry.identity.Entity;
import java.util.List;

/** ListAttachedUserPolicies and ListAttachedRolePolicies: the managed policies that one has. */
record ListAttachedPolicies(EntityKind kind, Paging paging) implements EntityAction {

  @Override
  public String name() {
    return "ListAttached%sPolicies".formatted(kind.word());
  }

  @Override
  public List<Element> run(QueryRequest request) {
    String prefix = Names.policyPathPrefix(request);
    Entity entity = kind.require(request.account(), kind.name(request));
    List<String> arns =
        entity.permissions().attached().stream()
            .filter(arn -> PolicyArns.path(arn).startsWith(prefix))
            .toList();
    return paging.answer(
        request,
        "AttachedPolicies",
        paging.page(request, arns),
        arn ->
            Element.of(
                "member",
                Element.of("PolicyName", PolicyArns.name(arn)),
                Element.of("PolicyArn", arn)));
  }
}
