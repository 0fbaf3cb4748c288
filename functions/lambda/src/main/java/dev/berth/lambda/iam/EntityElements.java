package dev.berth.lambda.iam;

import dev.berth.lambda.query.Element;
import dev.berth.registry.identity.Entity;
import java.util.ArrayList;
import java.util.List;

/** What IAM's User and Role have in common that lists of them do not say. */
final class EntityElements {

  private EntityElements() {}

  static List<Element> of(Entity entity) {
    List<Element> elements = new ArrayList<>();
    entity.permissions().boundary().map(EntityElements::boundary).ifPresent(elements::add);
    if (!entity.tags().isEmpty()) {
      elements.add(Element.of("Tags", Tags.elements(entity.tags())));
    }
    return elements;
  }

  private static Element boundary(String arn) {
    return Element.of(
        "PermissionsBoundary",
        Element.of("PermissionsBoundaryType", "Policy"),
        Element.of("PermissionsBoundaryArn", arn));
  }
}
