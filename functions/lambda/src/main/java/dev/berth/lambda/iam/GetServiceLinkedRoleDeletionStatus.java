package dev.berth.lambda.iam;

import dev.berth.lambda.query.Element;
import dev.berth.lambda.query.QueryRequest;
import dev.berth.registry.identity.RoleDeletion;
import dev.berth.registry.identity.ServiceLinkedRoles;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What became of the last try to delete a service-linked role. */
final class GetServiceLinkedRoleDeletionStatus implements IamAction {

  private static final Pattern ANY = Pattern.compile("(?s).*");
  private static final Pattern TASK_ID =
      Pattern.compile("task(?<role>/aws-service-role/[\\w.-]+/[\\w+=,.@-]+)/[0-9a-f-]{36}");

  private final ServiceLinkedRoles roles;

  GetServiceLinkedRoleDeletionStatus(ServiceLinkedRoles roles) {
    this.roles = roles;
  }

  @Override
  public String resource(QueryRequest request) {
    Matcher matcher = TASK_ID.matcher(taskId(request));
    if (!matcher.matches()) {
      throw IamErrors.invalidInput("The DeletionTaskId is not one of a service-linked role.");
    }
    return "arn:aws:iam::%s:role%s".formatted(request.account(), matcher.group("role"));
  }

  private static String taskId(QueryRequest request) {
    return request.text("DeletionTaskId", 1, 1000, ANY);
  }

  @Override
  public List<Element> run(QueryRequest request) {
    String taskId = taskId(request);
    RoleDeletion deletion =
        roles
            .deletion(request.account(), taskId)
            .orElseThrow(
                () ->
                    IamErrors.noSuchEntity(
                        "The deletion task %s cannot be found.".formatted(taskId)));
    return deletion.succeeded()
        ? List.of(Element.of("Status", "SUCCEEDED"))
        : List.of(Element.of("Status", "FAILED"), reason(deletion, request.account()));
  }

  private static Element reason(RoleDeletion deletion, String account) {
    String text =
        "The role is used by the replication configuration of the registry in: "
            + String.join(", ", deletion.regionsUsing());
    return Element.of(
        "Reason",
        Element.of("Reason", text),
        Element.list(
            "RoleUsageList",
            deletion.regionsUsing().stream().map(region -> usage(region, account)).toList()));
  }

  private static List<Element> usage(String region, String account) {
    String registry = "arn:aws:ecr:%s:%s:repository/*".formatted(region, account);
    return List.of(
        Element.of("Region", region), Element.of("Resources", Element.of("member", registry)));
  }
}
