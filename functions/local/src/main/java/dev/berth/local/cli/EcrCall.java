package dev.berth.local.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.core.sigv4.RequestSigner;
import dev.berth.core.sigv4.RequestSigner.Credentials;
import dev.berth.core.text.Excerpt;
import dev.berth.lambda.sigv4.OperationRequests;
import dev.berth.local.host.SetupException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Calls operations of a deployment's API, wherever it is. */
record EcrCall(OperationRequests requests) {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  /**
   * @param environment the standard AWS variables
   * @throws SetupException if one is missing
   */
  static EcrCall of(Map<String, String> environment) {
    var credentials =
        new Credentials(
            required(environment, "AWS_ACCESS_KEY_ID"),
            required(environment, "AWS_SECRET_ACCESS_KEY"),
            Optional.ofNullable(environment.get("AWS_SESSION_TOKEN")));
    String region =
        Optional.ofNullable(environment.get("AWS_REGION"))
            .orElseGet(() -> required(environment, "AWS_DEFAULT_REGION"));
    URI endpoint = endpoint(required(environment, "AWS_ENDPOINT_URL_ECR"));
    return new EcrCall(
        new OperationRequests(endpoint, new RequestSigner(credentials, "ecr", region)));
  }

  private static String required(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name))
        .filter(value -> !value.isEmpty())
        .orElseThrow(
            () -> new SetupException(name + " is not set: run eval \"$(./berth env)\" first"));
  }

  private static URI endpoint(String text) {
    try {
      URI endpoint = URI.create(text);
      if (endpoint.getHost() != null && String.valueOf(endpoint.getScheme()).startsWith("http")) {
        return endpoint.resolve("/");
      }
    } catch (IllegalArgumentException e) {
      // told like what is a URL, but not of HTTP
    }
    throw new SetupException("AWS_ENDPOINT_URL_ECR is no URL: " + Excerpt.of(text));
  }

  /**
   * The operation's answer.
   *
   * @throws SetupException if there is none, or an error, whose message says why
   */
  JsonNode call(String operation, ObjectNode request) {
    byte[] body = request.toString().getBytes(StandardCharsets.UTF_8);
    HttpResponse<String> response =
        send(requests.of(operation, body, Instant.now()).timeout(PATIENCE).build());
    JsonNode answer = json(response.body());
    if (response.statusCode() != 200) {
      throw new SetupException(error(operation, response.statusCode(), answer));
    }
    return answer;
  }

  private static String error(String operation, int status, JsonNode answer) {
    String type = answer.path("__type").asText("status " + status);
    String message = answer.path("message").asText(answer.path("Message").asText());
    return "%s: %s: %s".formatted(operation, type, message);
  }

  private HttpResponse<String> send(HttpRequest request) {
    try (var client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build()) {
      return client.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new SetupException("%s cannot be called: %s".formatted(requests.endpoint(), e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SetupException("interrupted");
    }
  }

  private static JsonNode json(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new SetupException("what answers is no Berth: " + Excerpt.of(text));
    }
  }
}
