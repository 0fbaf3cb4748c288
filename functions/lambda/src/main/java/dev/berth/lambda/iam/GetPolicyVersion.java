package dev.berth.lambda.iam;

import dev.berth.lambda.query.Element;
import dev.berth.lambda.query.QueryRequest;
import dev.berth.registry.identity.ServiceLinkedRole;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** The document of a managed policy: those of the service-linked roles, as there are no others. */
final class GetPolicyVersion implements IamAction {

  private static final Pattern ANY = Pattern.compile("[^\\p{Cntrl}]*");
  private static final Pattern VERSION = Pattern.compile("v[1-9][0-9]*(\\.[A-Za-z0-9-]*)?");
  private static final String ONLY_VERSION = "v1";

  /** Of ECR's managed policy (guide, "Amazon ECR updates to AWS managed policies"). */
  private static final Instant CREATED = Instant.parse("2020-12-04T00:00:00Z");

  @Override
  public String resource(QueryRequest request) {
    String arn = request.text("PolicyArn", 20, 2048, ANY);
    // AWS's own policies are nobody's, so everybody may be allowed to read them
    return arn.startsWith("arn:aws:iam::aws:") ? "*" : arn;
  }

  @Override
  public List<Element> run(QueryRequest request) {
    String arn = request.required("PolicyArn");
    String version = request.text("VersionId", 1, 64, VERSION);
    ServiceLinkedRole role =
        Arrays.stream(ServiceLinkedRole.values())
            .filter(each -> each.policyArn().equals(arn) && version.equals(ONLY_VERSION))
            .findFirst()
            .orElseThrow(
                () ->
                    IamErrors.noSuchEntity(
                        "Policy %s version %s does not exist or is not attachable."
                            .formatted(arn, version)));
    return List.of(
        Element.of(
            "PolicyVersion",
            Element.of("Document", RoleElement.encoded(role.permissions())),
            Element.of("VersionId", version),
            Element.of("IsDefaultVersion", "true"),
            Element.of("CreateDate", CREATED)));
  }
}
