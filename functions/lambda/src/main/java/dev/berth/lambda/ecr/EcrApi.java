package dev.berth.lambda.ecr;

import dev.berth.core.authz.Authorizer;
import dev.berth.core.sigv4.ExpectedScope;
import dev.berth.core.sigv4.KeyLookup;
import dev.berth.core.sigv4.SigV4Verifier;
import dev.berth.core.sigv4.Verification.Refused;
import dev.berth.core.throttle.Throttle;
import dev.berth.lambda.audit.CallRecorder;
import dev.berth.lambda.ecr.EcrError.NotAuthenticated;
import dev.berth.lambda.ecr.EcrError.RequestTooLarge;
import dev.berth.lambda.ecr.EcrError.Serialization;
import dev.berth.lambda.ecr.EcrError.UnknownOperation;
import dev.berth.lambda.http.Handler;
import dev.berth.lambda.http.Headers;
import dev.berth.lambda.http.Request;
import dev.berth.lambda.http.RequestConditions;
import dev.berth.lambda.http.Response;
import dev.berth.lambda.sigv4.SignedRequests;
import dev.berth.lambda.sigv4.SignedRequests.Received.Signed;
import dev.berth.lambda.sigv4.SignedRequests.Received.TooLarge;
import dev.berth.lambda.sigv4.SignedRequests.Received.Truncated;
import dev.berth.lambda.sigv4.SignedRequests.Received.Unauthenticated;
import dev.berth.registry.RegistryException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The control plane: {@code POST /} in AWS's JSON 1.1 protocol. Takes a request through signature,
 * shape, constraints and authorization to its operation, and whatever comes of it back to JSON.
 */
public final class EcrApi implements Handler {

  /**
   * Bytes of a request's body. The largest is UploadLayerPart with the 20 MiB that the model allows
   * a part, which base64 makes 26.7 MiB; a manifest of 4 MiB stays below it however it is escaped.
   */
  static final int MAX_BODY = 28 * 1024 * 1024;

  private static final Logger LOG = System.getLogger(EcrApi.class.getName());
  private static final String CONTENT_TYPE = "application/x-amz-json-1.1";

  /** No action, so its rate is that of the others. */
  private static final String NOBODYS = "-";

  private static final String TARGET_PREFIX = "AmazonEC2ContainerRegistry_V20150921.";

  private final CallRecorder recorder;
  private final Operations operations;
  private final SignedRequests requests;
  private final Throttle throttle;
  private final Authorizer authorizer;

  /**
   * @param regions whether this is the API of a region
   */
  public EcrApi(
      CallRecorder recorder,
      Operations operations,
      SigV4Verifier verifier,
      Predicate<String> regions,
      KeyLookup keys,
      Throttle throttle,
      Authorizer authorizer) {
    this.recorder = recorder;
    this.operations = operations;
    this.requests = new SignedRequests(verifier, new ExpectedScope("ecr", regions), keys, MAX_BODY);
    this.throttle = throttle;
    this.authorizer = authorizer;
  }

  /** Never throws: what goes wrong is an answer too. */
  @Override
  public Response handle(Request request) {
    var recording = new EcrRecording(recorder, request);
    try {
      Object result =
          BodyMemory.SHARED.during(request.contentLength(), () -> perform(request, recording));
      Response response = answer(request, 200, EcrJson.write(result));
      recording.succeeded(result);
      return response;
    } catch (EcrError error) {
      return answer(request, recording.failed(error));
    } catch (RegistryException refusal) {
      return answer(request, recording.failed(RegistryErrors.translate(refusal)));
    } catch (Throwable fault) {
      LOG.log(Level.ERROR, "request " + request.id() + " failed", fault);
      return answer(request, recording.failed(new EcrError.Server()));
    }
  }

  private Object perform(Request request, EcrRecording recording) {
    Operations.Entry<?, ?> operation = operation(request);
    Signed signed = receive(request);
    recording.called(operation, signed);
    var caller = new Caller(signed.by().principal(), signed.by().region());
    throttle(operation, caller);
    if (!isJson(request)) {
      throw new Serialization("The Content-Type must be %s.".formatted(CONTENT_TYPE));
    }
    var conditions = RequestConditions.of(request, caller.region());
    var invocation = new Invocation(authorizer, caller, conditions, recording);
    return recording.during(() -> invocation.run(operation, signed.body()));
  }

  /** Who calls what is not for them takes nothing from those for whom it is. */
  private void throttle(Operations.Entry<?, ?> operation, Caller caller) {
    String action = Invocation.isFor(caller, operation) ? operation.name() : NOBODYS;
    if (throttle.take(caller.principal().account(), action).isPresent()) {
      throw new EcrError.Throttled();
    }
  }

  private Operations.Entry<?, ?> operation(Request request) {
    if (!request.method().equals("POST")) {
      throw new UnknownOperation(
          "Operations are called with POST, not %s.".formatted(request.method()));
    }
    List<String> targets = request.headers().all("x-amz-target");
    if (targets.size() != 1 || !targets.getFirst().startsWith(TARGET_PREFIX)) {
      throw new UnknownOperation(
          "X-Amz-Target must be sent once and begin with '%s'.".formatted(TARGET_PREFIX));
    }
    String name = targets.getFirst().substring(TARGET_PREFIX.length());
    return operations
        .find(name)
        .orElseThrow(() -> new UnknownOperation("There is no operation '%s'.".formatted(name)));
  }

  private Signed receive(Request request) {
    return switch (requests.receive(request)) {
      case Signed signed -> signed;
      case Unauthenticated(Refused refused) -> throw new NotAuthenticated(refused);
      case TooLarge(int limit) -> throw new RequestTooLarge(limit);
      case Truncated() -> throw new Serialization("The request body ended before it was complete.");
    };
  }

  private static boolean isJson(Request request) {
    List<String> types = request.headers().all("content-type");
    return types.size() == 1 && types.getFirst().split(";", 2)[0].strip().equals(CONTENT_TYPE);
  }

  private static Response answer(Request request, EcrError error) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("__type", error.code());
    body.put("message", error.getMessage());
    body.putAll(error.members());
    return answer(request, error.status(), EcrJson.write(body))
        .with("x-amzn-ErrorType", error.code());
  }

  private static Response answer(Request request, int status, byte[] body) {
    var headers = Headers.of("Content-Type", CONTENT_TYPE, "x-amzn-RequestId", request.id());
    return new Response(status, headers, new Response.Body.Bytes(body));
  }
}
