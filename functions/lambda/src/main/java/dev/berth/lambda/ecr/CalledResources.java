package dev.berth.lambda.ecr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.core.audit.AuditResource;
import dev.berth.core.oci.RepositoryName;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The repositories that a request names, where it names them as it has to. */
final class CalledResources {

  private static final Pattern ACCOUNT = Pattern.compile("[0-9]{12}");

  /** Names in a request, by the model. */
  private static final int MOST = 100;

  private CalledResources() {}

  /**
   * @param account the caller's, whose registry is meant where the request names none
   */
  static List<AuditResource> of(ObjectNode members, String account, String region) {
    String registry = members.path("registryId").asText(account);
    List<AuditResource> resources = new ArrayList<>();
    if (ACCOUNT.matcher(registry).matches()) {
      add(resources, members.path("repositoryName"), registry, region);
      members.path("repositoryNames").forEach(name -> add(resources, name, registry, region));
    }
    addArn(resources, members.path("resourceArn"));
    return resources;
  }

  private static void add(
      List<AuditResource> resources, JsonNode name, String registry, String region) {
    if (resources.size() < MOST) {
      RepositoryName.parse(name.asText())
          .map(valid -> AuditResource.repository(region, registry, valid.value()))
          .ifPresent(resources::add);
    }
  }

  private static void addArn(List<AuditResource> resources, JsonNode arn) {
    try {
      if (arn.isTextual()) {
        RepositoryArn named = RepositoryArn.parse("resourceArn", arn.textValue());
        resources.add(
            AuditResource.repository(named.region(), named.account(), named.name().value()));
      }
    } catch (EcrError.InvalidParameter none) {
      // the call fails for it
    }
  }
}
