package dev.berth.lambda.replication;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.core.sigv4.RequestSigner;
import dev.berth.core.sigv4.SignedRequest;
import dev.berth.registry.replication.PeerException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Calls operations of a deployment's API in AWS's JSON 1.1 protocol, signed.
 *
 * @param endpoint scheme, host and port
 */
record PeerCalls(HttpClient client, URI endpoint, RequestSigner signer, Clock clock) {

  private static final String TARGET = "AmazonEC2ContainerRegistry_V20150921.";

  /** For the whole of a call: longer than a deployment works for one. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** More than the digests of a manifest are. */
  private static final int MOST_BYTES = 1 << 20;

  private static final int OK = 200;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(16).build())
                  .build())
          .build();

  /**
   * An answer.
   *
   * @param body an object
   */
  record Answer(int status, JsonNode body) {
    boolean isSuccess() {
      return status == OK;
    }
  }

  /**
   * @throws PeerException.Failed if there is no answer, or one that is no JSON object
   */
  Answer call(String operation, ObjectNode request) throws InterruptedException {
    HttpResponse<byte[]> response = send(signed(operation, bytes(request)));
    try {
      JsonNode body = MAPPER.readTree(response.body());
      if (body != null && body.isObject()) {
        return new Answer(response.statusCode(), body);
      }
    } catch (JacksonException notJson) {
      // as what is JSON, but no object
    } catch (IOException e) {
      throw new UncheckedIOException("bytes in memory are always readable", e);
    }
    throw new PeerException.Failed(
        "InvalidAnswerException",
        "%s answered %d without an object of JSON".formatted(endpoint, response.statusCode()));
  }

  private HttpResponse<byte[]> send(HttpRequest request) throws InterruptedException {
    // the client's own time-out ends with the answer's head
    CompletableFuture<HttpResponse<byte[]>> answer =
        client.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MOST_BYTES));
    try {
      return answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new PeerException.Failed(
          "TimeoutException",
          "%s did not answer within %d s".formatted(endpoint, PATIENCE.toSeconds()));
    } catch (ExecutionException e) {
      throw new PeerException.Failed(
          "UnreachableException", "%s: %s".formatted(endpoint, e.getCause()));
    } finally {
      answer.cancel(true);
    }
  }

  private HttpRequest signed(String operation, byte[] body) {
    SignedRequest signed =
        signer.sign(
            new SignedRequest(
                "POST",
                "/",
                "",
                Map.of(
                    "host", List.of(host()),
                    "content-type", List.of("application/x-amz-json-1.1"),
                    "x-amz-target", List.of(TARGET + operation)),
                body),
            clock.instant());
    HttpRequest.Builder request =
        HttpRequest.newBuilder(endpoint.resolve("/")).POST(BodyPublishers.ofByteArray(body));
    signed
        .headers()
        .forEach(
            (name, values) -> {
              // the client sends it by itself
              if (!name.equals("host")) {
                request.header(name, values.getFirst());
              }
            });
    return request.build();
  }

  /** As the client names it: without a port that the scheme has anyway. */
  private String host() {
    int usual = endpoint.getScheme().equals("https") ? 443 : 80;
    return endpoint.getPort() < 0 || endpoint.getPort() == usual
        ? endpoint.getHost()
        : endpoint.getHost() + ":" + endpoint.getPort();
  }

  private static byte[] bytes(ObjectNode request) {
    try {
      return MAPPER.writeValueAsBytes(request);
    } catch (IOException e) {
      throw new UncheckedIOException("a tree is always writable", e);
    }
  }
}
