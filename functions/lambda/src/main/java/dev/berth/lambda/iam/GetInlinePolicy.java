package dev.berth.lambda.iam;

import dev.berth.lambda.query.Element;
import dev.berth.lambda.query.QueryRequest;
import dev.berth.registry.identity.Entity;
import dev.berth.registry.identity.Permissions;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** GetUserPolicy and GetRolePolicy: a policy that is part of the user or role. */
record GetInlinePolicy(EntityKind kind) implements EntityAction {

  @Override
  public String name() {
    return "Get%sPolicy".formatted(kind.word());
  }

  @Override
  public List<Element> run(QueryRequest request) {
    String policy = Names.policy(request);
    Entity entity = kind.require(request.account(), kind.name(request));
    String text = require(kind, entity.permissions(), policy);
    return List.of(
        Element.of(kind.word() + "Name", entity.name()),
        Element.of("PolicyName", policy),
        Element.of("PolicyDocument", RoleElement.encoded(text)));
  }

  /** The text of an inline policy that is there. */
  static String require(EntityKind kind, Permissions permissions, String policy) {
    return Optional.ofNullable(permissions.inline().get(policy))
        .orElseThrow(
            () ->
                IamErrors.noSuchEntity(
                    "The %s policy with name %s cannot be found."
                        .formatted(kind.word().toLowerCase(Locale.ROOT), policy)));
  }
}
