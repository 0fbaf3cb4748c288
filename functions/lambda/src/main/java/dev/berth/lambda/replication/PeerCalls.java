package dev.berth.lambda.replication;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.lambda.sigv4.OperationRequests;
import dev.berth.registry.replication.PeerException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Calls operations of a deployment's API. */
record PeerCalls(HttpClient client, OperationRequests requests, Clock clock) {

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
    HttpResponse<byte[]> response =
        send(requests.of(operation, bytes(request), clock.instant()).build());
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
        "%s answered %d without an object of JSON"
            .formatted(requests.endpoint(), response.statusCode()));
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
          "%s did not answer within %d s".formatted(requests.endpoint(), PATIENCE.toSeconds()));
    } catch (ExecutionException e) {
      throw new PeerException.Failed(
          "UnreachableException", "%s: %s".formatted(requests.endpoint(), e.getCause()));
    } finally {
      answer.cancel(true);
    }
  }

  private static byte[] bytes(ObjectNode request) {
    try {
      return MAPPER.writeValueAsBytes(request);
    } catch (IOException e) {
      throw new UncheckedIOException("a tree is always writable", e);
    }
  }
}
