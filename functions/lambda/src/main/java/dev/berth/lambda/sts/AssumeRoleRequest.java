package dev.berth.lambda.sts;

import dev.berth.core.policy.condition.RequestContext;
import dev.berth.lambda.query.QueryError;
import dev.berth.lambda.query.QueryRequest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What is asked for by AssumeRole, within the bounds of STS's model.
 *
 * @param length empty where it is left to STS
 * @param externalId what the caller knows from the role's owner
 */
record AssumeRoleRequest(
    RoleArn role,
    String sessionName,
    Optional<Duration> length,
    SessionPolicies policies,
    SessionTags tags,
    Optional<String> externalId)
    implements RequestContext.Source {

  private static final int SHORTEST = 900;
  private static final int LONGEST = 43_200;
  private static final Pattern SESSION_NAME = Pattern.compile("[\\w+=,.@-]*");
  private static final Pattern EXTERNAL_ID = Pattern.compile("[\\w+=,.@:\\/-]*");

  /**
   * @throws QueryError if it is not as the model has it, or asks for what is not supported
   */
  static AssumeRoleRequest of(QueryRequest request) {
    Unsupported.refuse(
        request,
        "SerialNumber",
        "TokenCode",
        "SourceIdentity",
        "TransitiveTagKeys",
        "ProvidedContexts");
    return new AssumeRoleRequest(
        RoleArn.of(request),
        request.text("RoleSessionName", 2, 64, SESSION_NAME),
        request.optionalNumber("DurationSeconds", SHORTEST, LONGEST).stream()
            .mapToObj(Duration::ofSeconds)
            .findFirst(),
        SessionPolicies.of(request),
        SessionTags.of(request),
        request.optionalText("ExternalId", 2, 1224, EXTERNAL_ID));
  }

  /** All of which the caller must be allowed. */
  List<String> actions() {
    return tags.areNone() ? List.of("sts:AssumeRole") : List.of("sts:AssumeRole", "sts:TagSession");
  }

  @Override
  public List<String> values(String key) {
    return switch (key) {
      case "sts:externalid" -> externalId.stream().toList();
      case "sts:rolesessionname" -> List.of(sessionName);
      default -> tags.values(key);
    };
  }

  /** An id between two parties is not for logs. */
  @Override
  public String toString() {
    return Stream.of(role.arn(), sessionName).toList().toString();
  }
}
