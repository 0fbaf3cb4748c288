package dev.berth.lambda.handler;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * API Gateway and Lambda before a function, for tests: a REST API with {@code binaryMediaTypes:
 * *&#47;*} and a proxy integration, on a loopback port. What it does to requests and answers is
 * what AWS does.
 */
public final class LambdaEdge implements AutoCloseable {

  /** API Gateway's quota of a request's body, in bytes. */
  private static final int DOOR = 10 * 1024 * 1024;

  /** Lambda's quota of an invocation's payload, in bytes, either way. */
  private static final int PAYLOAD = 6 * 1024 * 1024;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final RequestStreamHandler function;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  public LambdaEdge(RequestStreamHandler function) throws IOException {
    this.function = function;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::exchange);
    server.start();
  }

  /** Without a path. */
  public URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void exchange(HttpExchange exchange) throws IOException {
    var id = UUID.randomUUID().toString();
    exchange.getResponseHeaders().set("x-amzn-RequestId", id);
    var body = exchange.getRequestBody().readNBytes(DOOR + 1);
    var event = body.length > DOOR ? new byte[0] : GatewayEvents.of(exchange, id, body);
    if (body.length > DOOR || event.length > PAYLOAD) {
      refuse(exchange, 413, "Request Entity Too Large");
    } else {
      invoke(exchange, event);
    }
  }

  private void invoke(HttpExchange exchange, byte[] event) throws IOException {
    var result = new ByteArrayOutputStream();
    try {
      function.handleRequest(new ByteArrayInputStream(event), result, null);
    } catch (IOException | RuntimeException e) {
      refuse(exchange, 502, "Internal server error");
      return;
    }
    var answer = JSON.readTree(result.toByteArray());
    if (result.size() > PAYLOAD || !answer.path("statusCode").isInt()) {
      refuse(exchange, 502, "Internal server error");
    } else {
      answer(exchange, answer);
    }
  }

  private static void refuse(HttpExchange exchange, int status, String message) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    send(exchange, status, JSON.writeValueAsBytes(JSON.createObjectNode().put("message", message)));
  }

  private static void answer(HttpExchange exchange, JsonNode answer) throws IOException {
    for (var field : answer.path("multiValueHeaders").properties()) {
      field
          .getValue()
          .forEach(
              value -> exchange.getResponseHeaders().add(name(field.getKey()), value.asText()));
    }
    var body = answer.path("body");
    send(
        exchange,
        answer.path("statusCode").intValue(),
        answer.path("isBase64Encoded").booleanValue()
            ? body.binaryValue()
            : body.asText("").getBytes(StandardCharsets.UTF_8));
  }

  /** Headers that API Gateway keeps for itself (its Developer Guide, "Important notes"). */
  private static String name(String name) {
    return name.equalsIgnoreCase("WWW-Authenticate") ? "x-amzn-Remapped-" + name : name;
  }

  private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    try (exchange) {
      if (exchange.getRequestMethod().equals("HEAD")) {
        exchange.getResponseHeaders().set("Content-Length", Integer.toString(body.length));
        exchange.sendResponseHeaders(status, -1);
      } else {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
      }
    }
  }
}
