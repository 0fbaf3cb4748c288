package dev.berth.lambda.query;

import dev.berth.core.authz.Authorizer;
import dev.berth.core.authz.Authorizer.Attempt;
import dev.berth.core.authz.Authorizer.Decision.Denied;
import dev.berth.core.authz.Principal;
import dev.berth.core.sigv4.ExpectedScope;
import dev.berth.core.sigv4.KeyLookup;
import dev.berth.core.sigv4.SigV4Verifier;
import dev.berth.core.sigv4.Verification.Refused;
import dev.berth.core.throttle.Throttle;
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
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * An API of the query protocol at {@code POST /}: takes a request through signature, constraints
 * and authorization to its action.
 */
public final class QueryApi implements Handler {

  /** Bytes of a request's body: a policy of 131,072 characters stays below it however encoded. */
  public static final int MAX_BODY = 1024 * 1024;

  private static final Logger LOG = System.getLogger(QueryApi.class.getName());

  private final CallRecorder recorder;
  private final QueryService service;
  private final QueryXml xml;
  private final Map<String, QueryAction> actions;
  private final SignedRequests requests;
  private final Throttle throttle;
  private final Authorizer authorizer;

  /**
   * Signatures may be scoped to any region: IAM is one for all of them, as is STS, and while most
   * clients name us-east-1, the AWS CLI names its own where it is told another endpoint than
   * Amazon's.
   *
   * @param actions each by its name
   */
  public QueryApi(
      CallRecorder recorder,
      QueryService service,
      Collection<? extends QueryAction> actions,
      SigV4Verifier verifier,
      KeyLookup keys,
      Throttle throttle,
      Authorizer authorizer) {
    this.recorder = recorder;
    this.service = service;
    this.xml = new QueryXml(service.namespace());
    this.actions =
        actions.stream()
            .collect(Collectors.toUnmodifiableMap(QueryAction::name, Function.identity()));
    this.requests =
        new SignedRequests(
            verifier, new ExpectedScope(service.name(), any -> true), keys, MAX_BODY);
    this.throttle = throttle;
    this.authorizer = authorizer;
  }

  /** Never throws: what goes wrong is an answer too. */
  @Override
  public Response handle(Request request) {
    var recording = new QueryRecording(recorder, service.name(), request);
    try {
      return answer(request, 200, perform(request, recording));
    } catch (QueryError error) {
      return answer(request, recording.failed(error));
    } catch (Throwable fault) {
      LOG.log(Level.ERROR, "request " + request.id() + " failed", fault);
      return answer(request, recording.failed(QueryError.serviceFailure()));
    }
  }

  private byte[] perform(Request request, QueryRecording recording) {
    Signed signed = receive(request);
    Parameters parameters = Parameters.parse(new String(signed.body(), StandardCharsets.UTF_8));
    QueryAction action = action(parameters);
    Principal caller = signed.by().principal();
    String region = service.onlyRegion().orElse(signed.by().region());
    recording.called(caller, region, action.name(), parameters);
    if (throttle.take(caller.account(), action.name()).isPresent()) {
      throw QueryError.throttled();
    }
    var call = new QueryRequest(caller, parameters, RequestConditions.of(request, region));
    authorize(action, call);
    return xml.response(action.name(), recording.succeeded(action.run(call)), request.id());
  }

  private Signed receive(Request request) {
    return switch (requests.receive(request)) {
      case Signed signed -> signed;
      case Unauthenticated(Refused refused) -> throw QueryError.notAuthenticated(refused);
      case TooLarge(int limit) -> throw QueryError.tooLarge(limit);
      case Truncated() -> throw QueryError.truncated();
    };
  }

  private QueryAction action(Parameters parameters) {
    List<String> names = parameters.values().getOrDefault("Action", List.of());
    if (names.size() != 1) {
      throw QueryError.missingAction();
    }
    String version = parameters.first("Version").orElse("NO_VERSION_SPECIFIED");
    return Optional.ofNullable(actions.get(names.getFirst()))
        .filter(action -> version.equals(service.version()))
        .orElseThrow(() -> QueryError.unknownAction(names.getFirst(), version));
  }

  private void authorize(QueryAction action, QueryRequest call) {
    for (Permission needed : action.permissions(call)) {
      var attempt =
          new Attempt(
              call.caller(),
              needed.action(),
              needed.resource(),
              call.context().and(key -> needed.context().values(key).orElse(List.of())));
      if (authorizer.decide(attempt) instanceof Denied denied) {
        throw QueryError.accessDenied(denied.message());
      }
    }
  }

  private Response answer(Request request, QueryError error) {
    return answer(request, error.status(), xml.error(error, request.id()));
  }

  private static Response answer(Request request, int status, byte[] body) {
    var headers = Headers.of("Content-Type", "text/xml", "x-amzn-RequestId", request.id());
    return new Response(status, headers, new Response.Body.Bytes(body));
  }
}
