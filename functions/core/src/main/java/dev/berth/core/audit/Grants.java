package dev.berth.core.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/** What is done to a key's grants in KMS for a repository (guide, "Encryption at rest"). */
public final class Grants {

  private static final String SOURCE = "kms.amazonaws.com";

  private Grants() {}

  /**
   * @param arn of the key
   * @param id the last part of the ARN
   */
  public record Key(String arn, String account, String id) {}

  /**
   * @param grantee who may use the key, and who retires the grant
   * @param repositoryArn what the grant is bound to, where it is bound
   */
  public record Asked(String grantee, List<String> operations, Optional<String> repositoryArn) {}

  /**
   * @param grantId empty where the call failed
   */
  public static AuditedCall create(
      Key key, Asked asked, Optional<String> grantId, Optional<CallError> error) {
    ObjectNode parameters = JsonNodeFactory.instance.objectNode();
    parameters.put("keyId", key.id()).put("granteePrincipal", asked.grantee());
    asked.operations().forEach(parameters.putArray("operations")::add);
    parameters.put("retiringPrincipal", asked.grantee());
    asked
        .repositoryArn()
        .ifPresent(
            arn ->
                parameters
                    .putObject("constraints")
                    .putObject("encryptionContextSubset")
                    .put("aws:ecr:arn", arn));
    return call("CreateGrant", key, parameters, grantId.<JsonNode>map(Grants::grantId), error);
  }

  public static AuditedCall retire(Key key, String grantId, Optional<CallError> error) {
    JsonNode parameters = grantId(grantId).put("keyId", key.arn());
    return call("RetireGrant", key, parameters, Optional.empty(), error);
  }

  private static ObjectNode grantId(String id) {
    return JsonNodeFactory.instance.objectNode().put("grantId", id);
  }

  private static AuditedCall call(
      String name,
      Key key,
      JsonNode parameters,
      Optional<JsonNode> elements,
      Optional<CallError> error) {
    return new AuditedCall(
        SOURCE,
        name,
        false,
        Optional.of(parameters),
        elements,
        List.of(AuditResource.key(key.arn(), key.account())),
        error);
  }
}
