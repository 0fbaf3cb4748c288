package dev.berth.lambda.oci;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.core.audit.AuditResource;
import dev.berth.core.audit.AuditedCall;
import dev.berth.core.audit.CallError;
import dev.berth.core.authz.Principal;
import dev.berth.core.oci.RepositoryName;
import dev.berth.lambda.audit.Actions;
import dev.berth.lambda.audit.CallRecorder;
import dev.berth.lambda.audit.ErrorCodes;
import dev.berth.lambda.http.RegistryAddress;
import dev.berth.lambda.http.Request;
import dev.berth.lambda.http.Response;
import dev.berth.registry.RegistryException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * The record of one exchange, as the ECR action that it is: nothing until it is known who asks for
 * what. An exchange that is no action, such as the ping, has none.
 */
final class OciRecording {

  private final CallRecorder recorder;
  private final Access access;
  private final Request request;
  private Optional<Seen> seen = Optional.empty();

  private record Seen(CallRecorder.Caller caller, String action, RecordedExchange exchange) {}

  OciRecording(CallRecorder recorder, Access access, Request request) {
    this.recorder = recorder;
    this.access = access;
    this.request = request;
  }

  /**
   * Who asks for what.
   *
   * @return the request to answer: its body is watched
   */
  Request called(Principal principal, Routes.Found found) {
    if (found.route().action().isEmpty()) {
      return request;
    }
    var caller = new CallRecorder.Caller(request, principal, request.registry().region());
    var exchange = RecordedExchange.of(found, request);
    seen = Optional.of(new Seen(caller, found.route().action().get(), exchange));
    return exchange.request();
  }

  /** Records a success, and returns it. */
  Response succeeded(Response response) {
    seen.ifPresent(exchange -> record(exchange, Optional.of(response), Optional.empty()));
    return response;
  }

  /** Records a refusal, and returns it. */
  OciError failed(OciError error) {
    record(new CallError(RecordedErrors.code(error), error.getMessage()));
    return error;
  }

  void failed(RegistryException refusal) {
    record(new CallError(ErrorCodes.of(refusal), refusal.getMessage()));
  }

  /** The client broke the exchange off. */
  void failed(IOException brokenOff) {
    record(
        new CallError(
            ErrorCodes.INVALID_PARAMETER, "The request body ended before it was complete."));
  }

  void fault() {
    record(new CallError("ServerException", "The registry failed to answer this request"));
  }

  private void record(CallError error) {
    seen.ifPresent(exchange -> record(exchange, Optional.empty(), Optional.of(error)));
  }

  private void record(Seen call, Optional<Response> response, Optional<CallError> error) {
    RecordedExchange exchange = call.exchange();
    recorder.record(
        call.caller(),
        () ->
            audited(
                call.action(),
                exchange.parameters(response),
                response
                    .filter(any -> !Actions.isReadOnly(call.action()))
                    .flatMap(exchange::elements),
                exchange.name(),
                error));
    exchange.mountSource().ifPresent(from -> recordMount(call, from, response));
  }

  /** A mount also reads the layer where it is (the wire cannot tell why there was none). */
  private void recordMount(Seen call, RepositoryName from, Optional<Response> response) {
    String action = "GetDownloadUrlForLayer";
    recorder.record(
        call.caller(),
        () ->
            audited(
                action,
                call.exchange().mountParameters(from),
                Optional.empty(),
                Optional.of(from),
                mountError(call, from, response)));
  }

  private Optional<CallError> mountError(
      Seen call, RepositoryName from, Optional<Response> response) {
    if (response.filter(answer -> answer.status() == 201).isPresent()) {
      return Optional.empty();
    }
    return access
        .denial(request, call.caller().principal(), "GetDownloadUrlForLayer", from)
        .map(why -> new CallError("AccessDeniedException", why))
        .or(
            () ->
                Optional.of(
                    new CallError("LayersNotFoundException", "There was no layer to mount")));
  }

  private AuditedCall audited(
      String action,
      JsonNode parameters,
      Optional<JsonNode> elements,
      Optional<RepositoryName> name,
      Optional<CallError> error) {
    return new AuditedCall(
        AuditedCall.ECR,
        action,
        Actions.isReadOnly(action),
        Optional.of(parameters),
        elements,
        name.map(this::resource).map(List::of).orElse(List.of()),
        error);
  }

  private AuditResource resource(RepositoryName name) {
    RegistryAddress registry = request.registry();
    return AuditResource.repository(registry.region(), registry.account(), name.value());
  }
}
