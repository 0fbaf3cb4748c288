package dev.berth.lambda.iam;

import dev.berth.lambda.query.Element;
import dev.berth.registry.identity.CustomerPolicy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/**
 * IAM's Policy: a managed one, AWS's or an account's, of which there is one version.
 *
 * @param attachable false for one that only a service-linked role has
 * @param use by the users and roles of the account that asks
 */
record PolicyDetails(
    String arn,
    String id,
    String description,
    String text,
    Instant createdAt,
    SortedMap<String, String> tags,
    boolean attachable,
    PolicyUse.Count use) {

  static final String VERSION = "v1";

  static PolicyDetails of(CustomerPolicy policy) {
    return new PolicyDetails(
        policy.arn(),
        policy.id(),
        policy.description(),
        policy.text(),
        policy.createdAt(),
        policy.tags(),
        true,
        new PolicyUse.Count(policy.attachments(), policy.boundaryUses()));
  }

  /** What a list of policies says of it. */
  List<Element> listed() {
    return List.of(
        Element.of("PolicyName", PolicyArns.name(arn)),
        Element.of("PolicyId", id),
        Element.of("Arn", arn),
        Element.of("Path", PolicyArns.path(arn)),
        Element.of("DefaultVersionId", VERSION),
        Element.of("AttachmentCount", Long.toString(use.attachments())),
        Element.of("PermissionsBoundaryUsageCount", Long.toString(use.boundaries())),
        Element.of("IsAttachable", Boolean.toString(attachable)),
        Element.of("CreateDate", createdAt),
        Element.of("UpdateDate", createdAt));
  }

  /** All that there is to say of it. */
  Element element() {
    List<Element> elements = new ArrayList<>(listed());
    if (!description.isEmpty()) {
      elements.add(Element.of("Description", description));
    }
    elements.add(Element.of("Tags", Tags.elements(tags)));
    return Element.of("Policy", elements);
  }

  /** Its version, without the document. */
  List<Element> version() {
    return List.of(
        Element.of("VersionId", VERSION),
        Element.of("IsDefaultVersion", "true"),
        Element.of("CreateDate", createdAt));
  }
}
