package dev.berth.lambda.oci;

import dev.berth.core.authz.Authorizer;
import dev.berth.core.authz.Principal;
import dev.berth.core.throttle.Throttle;
import dev.berth.core.token.AuthorizationTokens;
import dev.berth.lambda.audit.CallRecorder;
import dev.berth.lambda.http.Handler;
import dev.berth.lambda.http.Request;
import dev.berth.lambda.http.Response;
import dev.berth.registry.RegistryException;
import dev.berth.registry.service.Services;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * The OCI distribution specification 1.1, at {@code /v2/} and below: tells who asks, finds the
 * exchange, asks whether it is allowed as the ECR action that it is, and turns refusals into the
 * specification's errors.
 */
public final class OciApi implements Handler {

  private static final Logger LOG = System.getLogger(OciApi.class.getName());

  private final CallRecorder recorder;
  private final Authentication authentication;
  private final Throttle throttle;
  private final Access access;
  private final Routes routes;

  public OciApi(
      CallRecorder recorder,
      AuthorizationTokens tokens,
      Principals principals,
      Throttle throttle,
      Authorizer authorizer,
      Services services,
      OciSettings settings) {
    this.recorder = recorder;
    this.authentication = new Authentication(tokens, principals);
    this.throttle = throttle;
    this.access = new Access(authorizer);
    this.routes = Routes.of(services, access, settings);
  }

  @Override
  public Response handle(Request request) throws IOException {
    return answer(request)
        .with("Docker-Distribution-Api-Version", "registry/2.0")
        .with("x-amzn-RequestId", request.id());
  }

  private Response answer(Request request) throws IOException {
    var recording = new OciRecording(recorder, access, request);
    try {
      return recording.succeeded(exchange(request, recording));
    } catch (OciError error) {
      return Json.response(recording.failed(error));
    } catch (RegistryException refusal) {
      recording.failed(refusal);
      return refused(request, refusal);
    } catch (IOException brokenOff) {
      recording.failed(brokenOff);
      throw brokenOff;
    } catch (RuntimeException fault) {
      recording.fault();
      return failed(request, fault);
    }
  }

  private Response exchange(Request request, OciRecording recording) throws IOException {
    Principal principal = authentication.authenticate(request);
    Routes.Found found = routes.find(request.method(), request.path());
    Request watched = recording.called(principal, found);
    found
        .route()
        .action()
        .ifPresent(
            action -> {
              throttle(principal, action);
              access.require(request, principal, action, found.name());
            });
    return found
        .route()
        .exchange()
        .answer(new Call(watched, principal, found.name(), found.argument()));
  }

  private void throttle(Principal principal, String action) {
    throttle
        .take(principal.account(), action)
        .ifPresent(
            wait -> {
              throw new OciError.TooManyRequests(wait);
            });
  }

  private static Response refused(Request request, RegistryException refusal) {
    try {
      return Json.response(RegistryErrors.translate(refusal));
    } catch (IllegalStateException fault) {
      return failed(request, fault);
    }
  }

  /** The query stays out of the log: it may hold an upload's state, which is good for pushing. */
  private static Response failed(Request request, RuntimeException fault) {
    LOG.log(
        Level.ERROR,
        "request %s failed: %s %s".formatted(request.id(), request.method(), request.path()),
        fault);
    return Json.response(new OciError.Unknown(request.id()));
  }
}
