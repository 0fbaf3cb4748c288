package dev.berth.lambda.login;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.core.login.LoginException;
import dev.berth.core.login.LoginException.Malformed;
import dev.berth.core.login.LoginException.Refused;
import dev.berth.core.login.LoginException.Throttled;
import dev.berth.core.login.LoginException.Unavailable;
import dev.berth.lambda.http.Headers;
import dev.berth.lambda.http.Response;
import java.util.LinkedHashMap;
import java.util.Map;

/** Answers to logins that did not succeed: {@code __type} and {@code message}, as ECR's API. */
final class LoginAnswer {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private LoginAnswer() {}

  static Response of(LoginException refusal) {
    String message = refusal.getMessage();
    return switch (refusal) {
      case Malformed _ -> error(400, "InvalidParameterException", message);
      case Refused _ -> error(403, "AccessDeniedException", message);
      case Throttled _ -> error(429, "ThrottlingException", message).with("Retry-After", "1");
      case Unavailable _ -> error(503, "ServiceUnavailableException", message);
    };
  }

  static Response notPost() {
    return error(405, "UnknownOperationException", "Log in with POST.").with("Allow", "POST");
  }

  /** Our own fault, of which a client learns nothing more. */
  static Response fault() {
    return error(500, "ServerException", "These errors are usually caused by a server-side issue.");
  }

  private static Response error(int status, String type, String message) {
    Map<String, String> body = new LinkedHashMap<>();
    body.put("__type", type);
    body.put("message", message);
    var headers =
        Headers.of("Content-Type", "application/x-amz-json-1.1", "x-amzn-ErrorType", type);
    return new Response(status, headers, new Response.Body.Bytes(json(body)));
  }

  private static byte[] json(Map<String, String> body) {
    try {
      return MAPPER.writeValueAsBytes(body);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot write an error", e);
    }
  }
}
