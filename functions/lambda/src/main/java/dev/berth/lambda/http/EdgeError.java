package dev.berth.lambda.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/**
 * What an edge itself has to say against a request, before or instead of a handler. It does not
 * know which wire the client speaks, so the body is one that both understand: {@code errors} of the
 * OCI distribution specification, {@code __type} and {@code message} of AWS JSON 1.1.
 */
public enum EdgeError {
  MALFORMED(400, "MALFORMED_REQUEST", "MalformedHttpRequestException"),
  FORBIDDEN(403, "DENIED", "AccessDeniedException"),
  NOT_FOUND(404, "NOT_FOUND", "UnknownOperationException"),
  TIMEOUT(408, "REQUEST_TIMEOUT", "RequestTimeoutException"),
  TOO_LARGE(413, "REQUEST_TOO_LARGE", "RequestEntityTooLargeException"),
  LINE_TOO_LONG(414, "URI_TOO_LONG", "MalformedHttpRequestException"),
  EXPECTATION_FAILED(417, "EXPECTATION_FAILED", "MalformedHttpRequestException"),
  MISDIRECTED(421, "NAME_UNKNOWN", "UnknownEndpointException"),
  HEADERS_TOO_LARGE(431, "HEADERS_TOO_LARGE", "MalformedHttpRequestException"),
  INTERNAL(500, "INTERNAL_FAILURE", "ServerException"),
  VERSION_NOT_SUPPORTED(505, "VERSION_NOT_SUPPORTED", "MalformedHttpRequestException");

  private static final ObjectMapper JSON = new ObjectMapper();

  private final int status;
  private final String code;
  private final String type;

  EdgeError(int status, String code, String type) {
    this.status = status;
    this.code = code;
    this.type = type;
  }

  /**
   * The answer to a request that fails so.
   *
   * @param message for the client: what is wrong, never how we are made
   */
  public Response response(String message) {
    var headers = Headers.of("Content-Type", "application/json", "x-amzn-ErrorType", type);
    return new Response(status, headers, new Response.Body.Bytes(json(message)));
  }

  private byte[] json(String message) {
    var body = JsonNodeFactory.instance.objectNode();
    body.putArray("errors").addObject().put("code", code).put("message", message);
    body.put("__type", type).put("message", message);
    try {
      return JSON.writeValueAsBytes(body);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot write " + name(), e);
    }
  }
}
