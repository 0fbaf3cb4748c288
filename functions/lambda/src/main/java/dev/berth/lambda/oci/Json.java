package dev.berth.lambda.oci;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.lambda.http.Headers;
import dev.berth.lambda.http.Response;
import dev.berth.lambda.http.Response.Body;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Answers whose body is JSON: maps, lists, texts and numbers. */
final class Json {

  static final String MEDIA_TYPE = "application/json";

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Json() {}

  static Response response(int status, String mediaType, Object body) {
    return new Response(status, Headers.of("Content-Type", mediaType), new Body.Bytes(bytes(body)));
  }

  /** The answer that an error is ("Error Codes"). */
  static Response response(OciError error) {
    var one = new LinkedHashMap<String, Object>();
    one.put("code", error.code());
    one.put("message", error.getMessage());
    one.put("detail", error.detail());
    Response response = response(error.status(), MEDIA_TYPE, Map.of("errors", List.of(one)));
    for (var header : error.headers().fields().entrySet()) {
      for (String value : header.getValue()) {
        response = response.with(header.getKey(), value);
      }
    }
    return response;
  }

  static byte[] bytes(Object value) {
    try {
      return MAPPER.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("maps and lists can be written", e);
    }
  }
}
