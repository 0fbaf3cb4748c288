package dev.berth.lambda.handler;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.berth.lambda.http.Headers;
import dev.berth.lambda.http.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/**
 * What a proxy integration returns to a REST API ("Output format of a Lambda function for proxy
 * integration" in the API Gateway Developer Guide).
 */
final class ProxyResult {

  /** In bytes: what an invocation may return, body in base64 included (Lambda quotas, 6 MB). */
  static final int LIMIT = 6 * 1024 * 1024;

  private static final JsonFactory JSON = new JsonFactory();

  private ProxyResult() {}

  /**
   * The result as JSON. The body of an answer to HEAD is in it: API Gateway makes the
   * Content-Length of it, and leaves it out itself.
   *
   * @param response without a blob
   */
  static byte[] of(Response response) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeNumberField("statusCode", response.status());
      writeHeaders(json, response.headers());
      writeBody(json, response.body());
      json.writeEndObject();
    }
    return bytes.toByteArray();
  }

  private static void writeHeaders(JsonGenerator json, Headers headers) throws IOException {
    json.writeObjectFieldStart("multiValueHeaders");
    for (var field : headers.fields().entrySet()) {
      json.writeArrayFieldStart(field.getKey());
      for (String value : field.getValue()) {
        json.writeString(value);
      }
      json.writeEndArray();
    }
    json.writeEndObject();
  }

  private static void writeBody(JsonGenerator json, Response.Body body) throws IOException {
    switch (body) {
      case Response.Body.Empty() -> {
        json.writeStringField("body", "");
        json.writeBooleanField("isBase64Encoded", false);
      }
      case Response.Body.Bytes(byte[] bytes) -> {
        json.writeBinaryField("body", bytes);
        json.writeBooleanField("isBase64Encoded", true);
      }
      case Response.Body.Blob(String key, long offset, long length) ->
          throw new IllegalArgumentException("the bytes of " + key + " cannot pass through Lambda");
    }
  }
}
