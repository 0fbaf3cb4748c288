package dev.berth.lambda.query;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.core.audit.AuditedCall;
import dev.berth.core.audit.CallError;
import dev.berth.core.audit.Elements;
import dev.berth.core.authz.Principal;
import dev.berth.lambda.audit.Actions;
import dev.berth.lambda.audit.CallRecorder;
import dev.berth.lambda.http.Parameters;
import dev.berth.lambda.http.Request;
import java.util.List;
import java.util.Optional;

/** The record of one call of the query protocol: nothing until it is known who calls. */
final class QueryRecording {

  private final CallRecorder recorder;
  private final String service;
  private final Request request;
  private Optional<Call> call = Optional.empty();

  private record Call(CallRecorder.Caller caller, String action, JsonNode parameters) {}

  /**
   * @param service {@code iam} or {@code sts}
   */
  QueryRecording(CallRecorder recorder, String service, Request request) {
    this.recorder = recorder;
    this.service = service;
    this.request = request;
  }

  /**
   * Who calls what.
   *
   * @param region as records have it: IAM's is always {@code us-east-1}
   */
  void called(Principal principal, String region, String action, Parameters parameters) {
    var caller = new CallRecorder.Caller(request, principal, region);
    call =
        Optional.of(
            new Call(caller, action, Elements.bounded(QueryMembers.ofParameters(parameters))));
  }

  /** Records a success, and returns its result. */
  List<Element> succeeded(List<Element> result) {
    record(result, Optional.empty());
    return result;
  }

  /** Records a failure, and returns it. */
  QueryError failed(QueryError error) {
    record(List.of(), Optional.of(new CallError(error.code(), error.getMessage())));
    return error;
  }

  private void record(List<Element> result, Optional<CallError> error) {
    call.ifPresent(made -> recorder.record(made.caller(), () -> ended(made, result, error)));
  }

  private AuditedCall ended(Call made, List<Element> result, Optional<CallError> error) {
    return new AuditedCall(
        service + ".amazonaws.com",
        made.action(),
        isReadOnly(made.action()),
        Optional.of(made.parameters()),
        records(made.action()) && !result.isEmpty()
            ? Optional.of(Elements.bounded(QueryMembers.ofResult(result)))
            : Optional.empty(),
        List.of(),
        error);
  }

  /** As CloudTrail has it, temporary keys change nothing. */
  private static boolean isReadOnly(String action) {
    return Actions.isReadOnly(action) || action.startsWith("AssumeRole");
  }

  /** What reads has no response in its record; a call for temporary keys does. */
  private static boolean records(String action) {
    return !Actions.isReadOnly(action) || action.equals("GetSessionToken");
  }
}
