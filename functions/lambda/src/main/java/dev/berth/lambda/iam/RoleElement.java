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
    return List.of(
        Element.of("Path", role.path()),
        Element.of("RoleName", role.name()),
        Element.of("RoleId", role.id()),
        Element.of("Arn", role.arn()),
        Element.of("CreateDate", role.createdAt()),
        Element.of("AssumeRolePolicyDocument", encoded(role.trustPolicy())),
        Element.of("Description", role.description()),
        Element.of("MaxSessionDuration", Long.toString(role.longestSession().toSeconds())));
  }

  /** IAM answers policy documents percent-encoded as RFC 3986 says. */
  static String encoded(String document) {
    return URLEncoder.encode(document, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
