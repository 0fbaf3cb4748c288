package dev.berth.lambda.iam;

import dev.berth.lambda.query.Element;
import dev.berth.registry.identity.Role;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** IAM's Role. */
final class RoleElement {

  private RoleElement() {}

  /** All that there is to say of it. */
  static Element of(Role role) {
    List<Element> elements = new ArrayList<>(listed(role));
    elements.addAll(EntityElements.of(role));
    elements.add(Element.of("RoleLastUsed"));
    return Element.of("Role", elements);
  }

  /** What a list of roles says of it. */
  static List<Element> listed(Role role) {
    List<Element> elements = new ArrayList<>();
    elements.add(Element.of("Path", role.path()));
    elements.add(Element.of("RoleName", role.name()));
    elements.add(Element.of("RoleId", role.id()));
    elements.add(Element.of("Arn", role.arn()));
    elements.add(Element.of("CreateDate", role.createdAt()));
    elements.add(Element.of("AssumeRolePolicyDocument", encoded(role.trustPolicy())));
    if (!role.description().isEmpty()) {
      elements.add(Element.of("Description", role.description()));
    }
    String seconds = Long.toString(role.longestSession().toSeconds());
    elements.add(Element.of("MaxSessionDuration", seconds));
    return elements;
  }

  /** IAM answers policy documents percent-encoded as RFC 3986 says. */
  static String encoded(String document) {
    return URLEncoder.encode(document, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
