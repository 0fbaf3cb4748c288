package dev.berth.aws.kms;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kms.KmsClient;

/**
 * A server of KMS's protocol that answers each operation as a test says, and notes the requests.
 */
final class ScriptedKms implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpServer server;
  private final Map<String, Deque<Answer>> script = new HashMap<>();
  private final List<Call> calls = new ArrayList<>();

  private record Answer(int status, String body) {}

  /**
   * @param request its JSON
   */
  record Call(String operation, JsonNode request) {}

  ScriptedKms() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  KmsClient client() {
    return KmsClient.builder()
        .endpointOverride(URI.create("http://127.0.0.1:" + server.getAddress().getPort()))
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret")))
        .overrideConfiguration(c -> c.retryStrategy(retry -> retry.maxAttempts(1)))
        .build();
  }

  /** The next answer of an operation; the last one is given again and again. */
  ScriptedKms answers(String operation, String body) {
    return answers(operation, 200, body);
  }

  ScriptedKms refuses(String operation, String code, String message) {
    return answers(
        operation, 400, "{\"__type\":\"%s\",\"message\":\"%s\"}".formatted(code, message));
  }

  synchronized ScriptedKms answers(String operation, int status, String body) {
    script.computeIfAbsent(operation, any -> new ArrayDeque<>()).add(new Answer(status, body));
    return this;
  }

  synchronized List<Call> calls(String operation) {
    return calls.stream().filter(call -> call.operation().equals(operation)).toList();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
      String operation = target.substring(target.indexOf('.') + 1);
      Answer answer = next(operation, JSON.readTree(exchange.getRequestBody()));
      byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.1");
      exchange.sendResponseHeaders(answer.status(), body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private synchronized Answer next(String operation, JsonNode request) {
    calls.add(new Call(operation, request));
    Deque<Answer> answers = script.getOrDefault(operation, new ArrayDeque<>());
    if (answers.isEmpty()) {
      return new Answer(
          400, "{\"__type\":\"NotScripted\",\"message\":\"%s\"}".formatted(operation));
    }
    return answers.size() > 1 ? answers.remove() : answers.peek();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
