package dev.berth.lambda.iam;

import dev.berth.core.authz.Authorizer;
import dev.berth.core.authz.Authorizer.Attempt;
import dev.berth.core.authz.Authorizer.Decision.Denied;
import dev.berth.core.sigv4.ExpectedScope;
import dev.berth.core.sigv4.KeyLookup;
import dev.berth.core.sigv4.SigV4Verifier;
import dev.berth.core.sigv4.Verification.Refused;
import dev.berth.lambda.audit.CallRecorder;
import dev.berth.lambda.http.Handler;
import dev.berth.lambda.http.Headers;
import dev.berth.lambda.http.Parameters;
import dev.berth.lambda.http.Request;
import dev.berth.lambda.http.RequestConditions;
import dev.berth.lambda.http.Response;
import dev.berth.lambda.sigv4.SignedRequests;
import dev.berth.lambda.sigv4.SignedRequests.Received.Signed;
import dev.berth.lambda.sigv4.SignedRequests.Received.TooLarge;
import dev.berth.lambda.sigv4.SignedRequests.Received.Truncated;
import dev.berth.lambda.sigv4.SignedRequests.Received.Unauthenticated;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The API of IAM: {@code POST /} in AWS's query protocol, parameters as a form and answers in XML.
 * Takes a request through signature, constraints and authorization to its action.
 */
public final class IamApi implements Handler {

  /** As signatures are scoped to it. */
  public static final String SERVICE = "iam";

  /** Bytes of a request's body: a policy of 131,072 characters stays below it however encoded. */
  static final int MAX_BODY = 1024 * 1024;

  /** Of a service that is one for all regions (IAM User Guide, "aws:RequestedRegion"). */
  private static final String REGION = "us-east-1";

  private static final Logger LOG = System.getLogger(IamApi.class.getName());
  private static final String VERSION = "2010-05-08";

  private final CallRecorder recorder;
  private final IamActions actions;
  private final SignedRequests requests;
  private final Authorizer authorizer;

  /**
   * Signatures may be scoped to any region: IAM is one for all of them, and while most clients name
   * us-east-1, the AWS CLI names its own where it is told another endpoint than Amazon's.
   */
  public IamApi(
      CallRecorder recorder,
      IamActions actions,
      SigV4Verifier verifier,
      KeyLookup keys,
      Authorizer authorizer) {
    this.recorder = recorder;
    this.actions = actions;
    this.requests =
        new SignedRequests(verifier, new ExpectedScope(SERVICE, any -> true), keys, MAX_BODY);
    this.authorizer = authorizer;
  }

  /** Never throws: what goes wrong is an answer too. */
  @Override
  public Response handle(Request request) {
    var recording = new IamRecording(recorder, SERVICE, request);
    try {
      return answer(request, 200, perform(request, recording));
    } catch (IamError error) {
      return answer(request, recording.failed(error));
    } catch (Throwable fault) {
      LOG.log(Level.ERROR, "request " + request.id() + " failed", fault);
      return answer(request, recording.failed(IamError.serviceFailure()));
    }
  }

  private byte[] perform(Request request, IamRecording recording) {
    Signed signed = receive(request);
    Parameters parameters = Parameters.parse(new String(signed.body(), StandardCharsets.UTF_8));
    IamAction action = action(parameters);
    recording.called(signed.by().principal(), REGION, action.name(), parameters);
    var call = new IamRequest(signed.by().principal(), parameters);
    authorize(action, call, request);
    return IamXml.response(action.name(), recording.succeeded(action.run(call)), request.id());
  }

  private Signed receive(Request request) {
    return switch (requests.receive(request)) {
      case Signed signed -> signed;
      case Unauthenticated(Refused refused) -> throw IamError.notAuthenticated(refused);
      case TooLarge(int limit) -> throw IamError.tooLarge(limit);
      case Truncated() -> throw IamError.truncated();
    };
  }

  private IamAction action(Parameters parameters) {
    List<String> names = parameters.values().getOrDefault("Action", List.of());
    if (names.size() != 1) {
      throw IamError.missingAction();
    }
    String version = parameters.first("Version").orElse("NO_VERSION_SPECIFIED");
    return actions
        .find(names.getFirst())
        .filter(action -> version.equals(VERSION))
        .orElseThrow(() -> IamError.unknownAction(names.getFirst(), version));
  }

  private void authorize(IamAction action, IamRequest call, Request request) {
    var attempt =
        new Attempt(
            call.caller(),
            SERVICE + ":" + action.name(),
            action.resource(call),
            RequestConditions.of(request, REGION));
    if (authorizer.decide(attempt) instanceof Denied denied) {
      throw IamError.accessDenied(denied.message());
    }
  }

  private static Response answer(Request request, IamError error) {
    return answer(request, error.status(), IamXml.error(error, request.id()));
  }

  private static Response answer(Request request, int status, byte[] body) {
    var headers = Headers.of("Content-Type", "text/xml", "x-amzn-RequestId", request.id());
    return new Response(status, headers, new Response.Body.Bytes(body));
  }
}
