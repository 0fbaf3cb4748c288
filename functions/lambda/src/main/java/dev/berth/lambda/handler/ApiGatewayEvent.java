package dev.berth.lambda.handler;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.lambda.http.Headers;
import dev.berth.lambda.http.RegistryAddress;
import dev.berth.lambda.http.Request;
import dev.berth.lambda.http.VpcEndpoint;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/**
 * The event by which API Gateway hands a REST API's request to a proxy integration, as the API
 * Gateway Developer Guide has it ("Input format of a Lambda function for proxy integration").
 *
 * <p>The path is the request context's: it alone is what the client sent, and signed. Headers and
 * parameters are read from their multi-value maps, for the others keep the last value only.
 */
record ApiGatewayEvent(JsonNode event) {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private static final Set<String> WITH_BODY = Set.of("POST", "PUT", "PATCH");

  /**
   * @throws IOException if it is no JSON, or cannot be read
   * @throws IllegalArgumentException if it is no such event, naming what is missing
   */
  static ApiGatewayEvent read(InputStream in) throws IOException {
    var event = new ApiGatewayEvent(JSON.readTree(in));
    event.text("/httpMethod");
    event.text("/requestContext/path");
    event.text("/requestContext/requestId");
    return event;
  }

  private String text(String pointer) {
    var value = event.at(pointer);
    if (!value.isTextual()) {
      throw new IllegalArgumentException("no event of a REST API: " + pointer + " is missing");
    }
    return value.textValue();
  }

  /**
   * @param registry whose request it is if its host names none
   */
  Request toRequest(RegistryAddress registry) throws IOException {
    var body = body();
    var headers = headers(body.length);
    var host = headers.first("Host").orElseGet(() -> text("/requestContext/domainName"));
    return new Request(
        method(),
        text("/requestContext/path"),
        rawQuery(),
        host,
        RegistryAddress.ofHost(host).orElse(registry),
        headers,
        new ByteArrayInputStream(body),
        OptionalLong.of(body.length),
        text("/requestContext/identity/sourceIp"),
        true,
        text("/requestContext/requestId"),
        vpcEndpoint());
  }

  /** Of a private API, in API Gateway's words "The VPC endpoint making the request". */
  private Optional<VpcEndpoint> vpcEndpoint() {
    return optionalText("/requestContext/identity/vpceId")
        .map(id -> new VpcEndpoint(id, optionalText("/requestContext/identity/vpcId")));
  }

  private Optional<String> optionalText(String pointer) {
    return Optional.ofNullable(event.at(pointer).textValue()).filter(text -> !text.isEmpty());
  }

  private String method() {
    return text("/httpMethod");
  }

  private byte[] body() throws IOException {
    var body = event.path("body");
    if (!body.isTextual()) {
      return new byte[0];
    }
    return event.path("isBase64Encoded").booleanValue()
        ? body.binaryValue()
        : body.textValue().getBytes(StandardCharsets.UTF_8);
  }

  /** With the Content-Length that API Gateway drops, since clients may have signed it. */
  private Headers headers(int length) {
    var headers = new Headers(multiValues("multiValueHeaders"));
    boolean dropped = headers.first("Content-Length").isEmpty();
    return dropped && (length > 0 || WITH_BODY.contains(method()))
        ? headers.with("Content-Length", Integer.toString(length))
        : headers;
  }

  /** Encoded again, for API Gateway decodes it. */
  private String rawQuery() {
    var pairs = new ArrayList<String>();
    multiValues("multiValueQueryStringParameters")
        .forEach(
            (name, values) ->
                values.forEach(value -> pairs.add(encode(name) + "=" + encode(value))));
    return String.join("&", pairs);
  }

  private Map<String, List<String>> multiValues(String field) {
    var values = new TreeMap<String, List<String>>();
    for (var entry : event.path(field).properties()) {
      var list = values.computeIfAbsent(entry.getKey(), any -> new ArrayList<>());
      entry.getValue().forEach(value -> list.add(value.asText()));
    }
    return values;
  }

  /** All but the unreserved characters of RFC 3986, section 2.3, percent-encoded as UTF-8. */
  private static String encode(String text) {
    var encoded = new StringBuilder();
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      if (c < 0x80 && (Character.isLetterOrDigit(c) || "-._~".indexOf(c) >= 0)) {
        encoded.append(c);
      } else {
        encoded.append('%').append(HEX.toHexDigits(b));
      }
    }
    return encoded.toString();
  }

  /** Without the event, in which are credentials. */
  @Override
  public String toString() {
    return "ApiGatewayEvent[" + text("/requestContext/requestId") + "]";
  }
}
