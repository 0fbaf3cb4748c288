package dev.berth.lambda.iam;

import dev.berth.core.authz.Authorizer;
import dev.berth.core.sigv4.KeyLookup;
import dev.berth.core.sigv4.SigV4Verifier;
import dev.berth.lambda.http.Handler;
import dev.berth.lambda.http.Request;
import dev.berth.lambda.http.Response;
import dev.berth.lambda.query.QueryApi;
import dev.berth.lambda.query.QueryService;

/** The API of IAM: {@code POST /} in AWS's query protocol. */
public final class IamApi implements Handler {

  /** As signatures are scoped to it. */
  public static final String SERVICE = "iam";

  private final QueryApi api;

  public IamApi(IamActions actions, SigV4Verifier verifier, KeyLookup keys, Authorizer authorizer) {
    this.api =
        new QueryApi(
            new QueryService(SERVICE, "2010-05-08"), actions.all(), verifier, keys, authorizer);
  }

  /** Never throws: what goes wrong is an answer too. */
  @Override
  public Response handle(Request request) {
    return api.handle(request);
  }
}
