package dev.berth.lambda.handler;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import dev.berth.lambda.http.Parameters;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Makes the events of a REST API's proxy integration, for tests. */
final class GatewayEvents {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** What API Gateway takes out of a request: the connection is its own. */
  private static final Set<String> DROPPED =
      Set.of("content-length", "transfer-encoding", "connection", "expect", "http2-settings");

  private GatewayEvents() {}

  /** The event of a request, as JSON. */
  static byte[] of(HttpExchange exchange, String id, byte[] body) throws IOException {
    var uri = exchange.getRequestURI();
    var event = JSON.createObjectNode();
    event.put("resource", "/{proxy+}");
    event.put("path", uri.getPath());
    event.put("httpMethod", exchange.getRequestMethod());
    putMaps(event, "headers", "multiValueHeaders", headers(exchange));
    putMaps(event, "queryStringParameters", "multiValueQueryStringParameters", query(exchange));
    putContext(event, exchange, id);
    event.put("body", body.length == 0 ? null : Base64.getEncoder().encodeToString(body));
    event.put("isBase64Encoded", body.length > 0);
    return JSON.writeValueAsBytes(event);
  }

  private static Map<String, List<String>> headers(HttpExchange exchange) {
    var headers = new TreeMap<String, List<String>>(exchange.getRequestHeaders());
    headers.keySet().removeIf(name -> DROPPED.contains(name.toLowerCase(Locale.ROOT)));
    headers.put("X-Forwarded-For", List.of(peer(exchange)));
    headers.put("X-Forwarded-Port", List.of("443"));
    headers.put("X-Forwarded-Proto", List.of("https"));
    return headers;
  }

  private static String peer(HttpExchange exchange) {
    return exchange.getRemoteAddress().getAddress().getHostAddress();
  }

  private static Map<String, List<String>> query(HttpExchange exchange) {
    var query = exchange.getRequestURI().getRawQuery();
    return query == null ? Map.of() : Parameters.parse(query).values();
  }

  /** Both forms of a map; the one for single values keeps the last, and both are null if empty. */
  private static void putMaps(
      ObjectNode event, String single, String multiple, Map<String, List<String>> values) {
    if (values.isEmpty()) {
      event.putNull(single);
      event.putNull(multiple);
      return;
    }
    var last = event.putObject(single);
    var all = event.putObject(multiple);
    values.forEach(
        (name, list) -> {
          last.put(name, list.getLast());
          var array = all.putArray(name);
          list.forEach(array::add);
        });
  }

  private static void putContext(ObjectNode event, HttpExchange exchange, String id) {
    var context = event.putObject("requestContext");
    context.put("resourcePath", "/{proxy+}");
    context.put("httpMethod", exchange.getRequestMethod());
    context.put("path", exchange.getRequestURI().getRawPath());
    context.put("accountId", "123456789012");
    context.put("apiId", "abcdefghij");
    context.put("stage", "live");
    context.put("protocol", exchange.getProtocol());
    context.put("requestId", id);
    context.put("domainName", exchange.getRequestHeaders().getFirst("Host"));
    context.putObject("identity").put("sourceIp", peer(exchange));
  }
}
