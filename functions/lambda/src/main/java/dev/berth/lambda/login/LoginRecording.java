package dev.berth.lambda.login;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.core.audit.AuditedCall;
import dev.berth.core.audit.CallError;
import dev.berth.core.authz.Session.AssumedRole;
import dev.berth.core.login.LoginException.Refused;
import dev.berth.lambda.audit.CallRecorder;
import dev.berth.lambda.http.Request;
import dev.berth.registry.login.AwsLogins.Login;
import java.util.List;
import java.util.Optional;

/**
 * Records logins of principals of AWS: who it is there, and which role here; nothing of the token.
 * A login that STS does not vouch for, or that no role is for, is nobody's, as a call is that fails
 * authentication.
 */
record LoginRecording(CallRecorder recorder) {

  private static final String SOURCE = "sts.amazonaws.com";
  private static final String NAME = "AssumeRoleWithAWSPrincipal";

  /** Records whether it is authorized, and passes a refusal on. */
  void record(Login login, Request request, Runnable authorization) {
    try {
      authorization.run();
      record(login, request, Optional.empty());
    } catch (Refused refusal) {
      record(
          login,
          request,
          Optional.of(new CallError("AccessDeniedException", refusal.getMessage())));
      throw refusal;
    }
  }

  private void record(Login login, Request request, Optional<CallError> error) {
    var caller = new CallRecorder.Caller(request, login.principal(), request.registry().region());
    recorder.record(
        caller,
        () ->
            new AuditedCall(
                SOURCE,
                NAME,
                true,
                Optional.of(parameters(login)),
                Optional.empty(),
                List.of(),
                error));
  }

  private static ObjectNode parameters(Login login) {
    ObjectNode parameters = JsonNodeFactory.instance.objectNode();
    parameters.put("awsPrincipalArn", login.awsArn());
    login
        .principal()
        .session()
        .flatMap(session -> session.role())
        .map(AssumedRole::arn)
        .ifPresent(arn -> parameters.put("roleArn", arn));
    return parameters;
  }
}
