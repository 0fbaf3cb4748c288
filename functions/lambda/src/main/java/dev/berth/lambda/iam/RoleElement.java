package dev.berth.lambda.iam;

import dev.berth.lambda.query.Element;
import dev.berth.registry.identity.Role;
import dev.berth.registry.identity.ServiceLinkedRole;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** IAM's Role. */
final class RoleElement {

  private static final String AN_HOUR = "3600";

  private RoleElement() {}

  static Element of(Role role, ServiceLinkedRole kind) {
    return Element.of(
        "Role",
        Element.of("Path", role.path()),
        Element.of("RoleName", role.name()),
        Element.of("RoleId", role.id()),
        Element.of("Arn", role.arn()),
        Element.of("CreateDate", role.createdAt()),
        Element.of("AssumeRolePolicyDocument", encoded(kind.trustPolicy())),
        Element.of("Description", role.description()),
        Element.of("MaxSessionDuration", AN_HOUR),
        Element.of("RoleLastUsed"));
  }

  /** IAM answers policy documents percent-encoded as RFC 3986 says. */
  static String encoded(String document) {
    return URLEncoder.encode(document, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
