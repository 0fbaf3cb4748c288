package dev.berth.lambda.iam;

import dev.berth.core.authz.Authorizer;
import dev.berth.core.authz.Principal;
import dev.berth.core.sigv4.KeyLookup;
import dev.berth.core.sigv4.SigV4Verifier;
import dev.berth.core.throttle.Throttle;
import dev.berth.lambda.audit.CallRecorder;
import dev.berth.lambda.http.Handler;
import dev.berth.lambda.http.Request;
import dev.berth.lambda.http.Response;
import dev.berth.lambda.query.QueryApi;
import dev.berth.lambda.query.QueryService;
import java.util.Optional;

/** The API of IAM: {@code POST /} in AWS's query protocol. */
public final class IamApi implements Handler {

  /** As signatures are scoped to it. */
  public static final String SERVICE = "iam";

  private final QueryApi api;

  public IamApi(
      CallRecorder recorder,
      IamActions actions,
      SigV4Verifier verifier,
      KeyLookup keys,
      Throttle throttle,
      Authorizer authorizer) {
    this.api =
        new QueryApi(
            recorder,
            new QueryService(SERVICE, "2010-05-08", Optional.of("us-east-1")),
            actions.all(),
            verifier,
            withoutSessionsOfUsers(keys),
            throttle,
            authorizer);
  }

  /**
   * The temporary keys of GetSessionToken call no action of IAM, as nobody gives a code of an MFA
   * device for them (STS API, GetSessionToken). To IAM they are unknown.
   */
  private static KeyLookup withoutSessionsOfUsers(KeyLookup keys) {
    return id -> keys.find(id).filter(key -> isNoSessionOfUser(key.principal()));
  }

  private static boolean isNoSessionOfUser(Principal principal) {
    return principal.session().map(session -> session.role().isPresent()).orElse(true);
  }

  /** Never throws: what goes wrong is an answer too. */
  @Override
  public Response handle(Request request) {
    return api.handle(request);
  }
}
