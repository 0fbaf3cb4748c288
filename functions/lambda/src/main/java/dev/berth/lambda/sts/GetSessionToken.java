package dev.berth.lambda.sts;

import dev.berth.core.authz.Principal;
import dev.berth.lambda.query.Element;
import dev.berth.lambda.query.QueryError;
import dev.berth.lambda.query.QueryRequest;
import dev.berth.registry.identity.Sessions;
import java.time.Duration;
import java.util.List;

/**
 * A session of the very user or root that asks for it. No policy decides about it, as about no
 * other authentication (STS API, GetSessionToken).
 */
final class GetSessionToken implements StsAction {

  private static final int SHORTEST = 900;
  private static final int LONGEST = 129_600;
  private static final int BY_DEFAULT = 43_200;

  /** What a root asks for beyond it, it does not get. */
  private static final int LONGEST_OF_ROOT = 3_600;

  private final Sessions sessions;

  GetSessionToken(Sessions sessions) {
    this.sessions = sessions;
  }

  @Override
  public List<Element> run(QueryRequest request) {
    Principal caller = request.caller();
    int seconds = request.optionalNumber("DurationSeconds", SHORTEST, LONGEST).orElse(BY_DEFAULT);
    Unsupported.refuse(request, "SerialNumber", "TokenCode");
    if (caller.session().isPresent()) {
      throw QueryError.accessDenied("Cannot call GetSessionToken with session credentials");
    }
    int length = caller.isRoot() ? Math.min(seconds, LONGEST_OF_ROOT) : seconds;
    return List.of(CredentialsElement.of(sessions.of(caller, Duration.ofSeconds(length))));
  }
}
