package dev.berth.aws.eventbridge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;

/** A server of PutEvents that notes what it is sent, and takes what a test lets it take. */
final class ScriptedEventBridge implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpServer server;
  private final List<List<JsonNode>> requests = new ArrayList<>();
  private Function<List<JsonNode>, Optional<Failure>> whole = any -> Optional.empty();
  private Function<JsonNode, Optional<String>> each = any -> Optional.empty();
  private boolean silent;

  /** Of a whole request. */
  record Failure(int status, String code) {}

  ScriptedEventBridge() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  EventBridgeClient client() {
    return EventBridgeClient.builder()
        .endpointOverride(URI.create("http://127.0.0.1:" + server.getAddress().getPort()))
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret")))
        .overrideConfiguration(c -> c.retryStrategy(retry -> retry.maxAttempts(1)))
        .build();
  }

  /** From now on. */
  synchronized void failsRequests(Function<List<JsonNode>, Optional<Failure>> rule) {
    whole = rule;
  }

  /**
   * From now on.
   *
   * @param rule the error's code, for an entry that is not to be taken
   */
  synchronized void refuses(Function<JsonNode, Optional<String>> rule) {
    each = rule;
  }

  /** Answers without results from now on. */
  synchronized void forgetsResults() {
    silent = true;
  }

  /** The entries of each request. */
  synchronized List<List<JsonNode>> requests() {
    return List.copyOf(requests);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      JsonNode request = JSON.readTree(exchange.getRequestBody());
      List<JsonNode> entries =
          StreamSupport.stream(request.path("Entries").spliterator(), false).toList();
      Optional<Failure> failure = noted(entries);
      String body =
          failure
              .map(f -> "{\"__type\":\"%s\",\"message\":\"as scripted\"}".formatted(f.code()))
              .orElseGet(() -> results(entries));
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.1");
      exchange.sendResponseHeaders(failure.map(Failure::status).orElse(200), bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private synchronized Optional<Failure> noted(List<JsonNode> entries) {
    requests.add(entries);
    return whole.apply(entries);
  }

  private synchronized String results(List<JsonNode> entries) {
    ObjectNode answer = JSON.createObjectNode();
    ArrayNode results = answer.putArray("Entries");
    int failed = 0;
    for (JsonNode entry : silent ? List.<JsonNode>of() : entries) {
      Optional<String> code = each.apply(entry);
      ObjectNode result = results.addObject();
      if (code.isPresent()) {
        failed++;
        result.put("ErrorCode", code.get()).put("ErrorMessage", "as scripted");
      } else {
        result.put("EventId", UUID.randomUUID().toString());
      }
    }
    return answer.put("FailedEntryCount", failed).toString();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
