package dev.berth.lambda.ecr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.core.audit.AuditResource;
import dev.berth.core.audit.AuditedCall;
import dev.berth.core.audit.CallError;
import dev.berth.core.audit.Elements;
import dev.berth.lambda.audit.Actions;
import dev.berth.lambda.audit.AuditedKeys;
import dev.berth.lambda.audit.CallRecorder;
import dev.berth.lambda.http.Request;
import dev.berth.lambda.sigv4.SignedRequests.Received.Signed;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The record of one call of the API: nothing until it is known who calls. */
final class EcrRecording {

  private final CallRecorder recorder;
  private final Request request;
  private Optional<Call> call = Optional.empty();

  private record Call(
      CallRecorder.Caller caller,
      String action,
      Optional<JsonNode> parameters,
      List<AuditResource> resources) {

    private AuditedCall ended(Optional<JsonNode> elements, Optional<CallError> error) {
      return new AuditedCall(
          AuditedCall.ECR,
          action,
          Actions.isReadOnly(action),
          parameters,
          elements,
          resources,
          error);
    }
  }

  EcrRecording(CallRecorder recorder, Request request) {
    this.recorder = recorder;
    this.request = request;
  }

  /** Who calls what. */
  void called(Operations.Entry<?, ?> operation, Signed signed) {
    var caller = new CallRecorder.Caller(request, signed.by().principal(), signed.by().region());
    begin(caller, operation, RequestMembers.read(signed.body(), operation.requestType()));
  }

  private void begin(
      CallRecorder.Caller caller, Operations.Entry<?, ?> operation, ObjectNode members) {
    call =
        Optional.of(
            new Call(
                caller,
                operation.name(),
                Optional.of(Elements.bounded(members)),
                CalledResources.of(members, caller.principal().account(), caller.region())));
  }

  /** The record of a call that this one makes of another operation. */
  EcrRecording ofPrior(PriorCall<?, ?> prior) {
    var recording = new EcrRecording(recorder, request);
    ObjectNode members = (ObjectNode) EcrJson.recorded(prior.request());
    recording.begin(call.orElseThrow().caller(), prior.operation(), members);
    return recording;
  }

  /** Does what may call KMS, which is recorded in the caller's name. */
  <T> T during(Supplier<T> work) {
    CallRecorder.Caller caller = call.orElseThrow().caller();
    return ScopedValue.where(
            AuditedKeys.CALLER, ofKms -> recorder.recordThroughService(caller, ofKms))
        .call(work::get);
  }

  /** Records a success, with what it changed. */
  void succeeded(Object result) {
    call.ifPresent(
        made ->
            recorder.record(
                made.caller(),
                () -> made.ended(elements(made.action(), result), Optional.empty())));
  }

  /** Records a failure, and returns it. */
  EcrError failed(EcrError error) {
    var told = new CallError(error.code(), error.getMessage());
    call.ifPresent(
        made ->
            recorder.record(made.caller(), () -> made.ended(Optional.empty(), Optional.of(told))));
    return error;
  }

  /** What reads records nothing: so no token and no link, among others. */
  private static Optional<JsonNode> elements(String action, Object result) {
    return Actions.isReadOnly(action)
        ? Optional.empty()
        : Optional.of(Elements.bounded(EcrJson.recorded(result)));
  }
}
