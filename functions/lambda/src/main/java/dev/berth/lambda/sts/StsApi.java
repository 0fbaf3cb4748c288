package dev.berth.lambda.sts;

import dev.berth.core.authz.Authorizer;
import dev.berth.core.authz.Authorizer.Decision;
import dev.berth.core.sigv4.SigV4Verifier;
import dev.berth.core.throttle.Throttle;
import dev.berth.lambda.audit.CallRecorder;
import dev.berth.lambda.http.Handler;
import dev.berth.lambda.http.Request;
import dev.berth.lambda.http.Response;
import dev.berth.lambda.query.QueryApi;
import dev.berth.lambda.query.QueryService;
import dev.berth.registry.authz.RoleAssumptions;
import dev.berth.registry.identity.Identities;
import java.time.Clock;
import java.util.List;

/** The API of STS: {@code POST /} in AWS's query protocol. */
public final class StsApi implements Handler {

  /** As signatures are scoped to it. */
  public static final String SERVICE = "sts";

  /**
   * No action asks for a permission of the caller's alone: who may assume a role, the role says.
   */
  private static final Authorizer NOT_ASKED = attempt -> new Decision.Allowed();

  private final QueryApi api;

  public StsApi(
      CallRecorder recorder,
      Identities identities,
      SigV4Verifier verifier,
      Throttle throttle,
      Clock clock) {
    var assumptions = new RoleAssumptions(identities::grants, clock);
    this.api =
        new QueryApi(
            recorder,
            new QueryService(SERVICE, "2011-06-15"),
            List.of(
                new GetCallerIdentity(),
                new AssumeRole(identities, assumptions),
                new GetSessionToken(identities.sessions())),
            verifier,
            identities.keys(),
            throttle,
            NOT_ASKED);
  }

  /** Never throws: what goes wrong is an answer too. */
  @Override
  public Response handle(Request request) {
    return api.handle(request);
  }
}
