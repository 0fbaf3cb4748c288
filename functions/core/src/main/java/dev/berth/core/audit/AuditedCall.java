package dev.berth.core.audit;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/**
 * What was called, and what came of it; the members are those of {@link AuditRecord}.
 *
 * @param readOnly whether the action changes nothing
 */
public record AuditedCall(
    String eventSource,
    String eventName,
    boolean readOnly,
    Optional<JsonNode> requestParameters,
    Optional<JsonNode> responseElements,
    List<AuditResource> resources,
    Optional<CallError> error) {

  public static final String ECR = "ecr.amazonaws.com";

  public AuditedCall {
    resources = List.copyOf(resources);
  }
}
