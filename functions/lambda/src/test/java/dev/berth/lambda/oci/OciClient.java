package dev.berth.lambda.oci;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.core.oci.Digest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Base64;
import java.util.Optional;

/**
 * A client of the wire that hides nothing: requests as a test writes them, answers as they come.
 */
public final class OciClient implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI base;
  private final Optional<String> authorization;

  private OciClient(URI base, Optional<String> authorization) {
    this.base = base;
    this.authorization = authorization;
  }

  public static OciClient anonymous(URI base) {
    return new OciClient(base, Optional.empty());
  }

  public static OciClient of(URI base, String token) {
    return withHeader(base, basic("AWS:" + token));
  }

  static OciClient withHeader(URI base, String authorization) {
    return new OciClient(base, Optional.of(authorization));
  }

  static String basic(String credential) {
    return "Basic " + Base64.getEncoder().encodeToString(credential.getBytes(UTF_8));
  }

  /** An answer, and what a test asks of it. */
  public record Answer(HttpResponse<byte[]> response) {

    int status() {
      return response.statusCode();
    }

    Optional<String> header(String name) {
      return response.headers().firstValue(name);
    }

    byte[] body() {
      return response.body();
    }

    JsonNode json() {
      try {
        return JSON.readTree(body());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    Answer is(int status) {
      assertThat(status())
          .describedAs("%s: %s", response.request(), new String(body(), UTF_8))
          .isEqualTo(status);
      return this;
    }

    Answer has(String header, String value) {
      assertThat(header(header)).describedAs(header).contains(value);
      return this;
    }

    /** Refused so, and with a message that has these words. */
    Answer isError(int status, String code, String... words) {
      is(status);
      JsonNode error = json().path("errors").path(0);
      assertThat(error.path("code").asText()).isEqualTo(code);
      for (String word : words) {
        assertThat(error.path("message").asText()).contains(word);
      }
      assertThat(error.path("detail").isObject()).isTrue();
      return this;
    }

    Answer hasDigest(Digest digest) {
      return has("Docker-Content-Digest", digest.toString());
    }

    String location() {
      return header("Location").orElseThrow();
    }
  }

  Answer get(String path, String... headers) {
    return send("GET", path, new byte[0], headers);
  }

  Answer head(String path, String... headers) {
    return send("HEAD", path, new byte[0], headers);
  }

  Answer delete(String path) {
    return send("DELETE", path, new byte[0]);
  }

  Answer post(String path) {
    return send("POST", path, new byte[0]);
  }

  Answer put(String path, byte[] body, String... headers) {
    return send("PUT", path, body, headers);
  }

  Answer patch(String path, byte[] body, String... headers) {
    return send("PATCH", path, body, headers);
  }

  Answer send(String method, String path, byte[] body, String... headers) {
    BodyPublisher publisher =
        body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body);
    return send(method, path, publisher, headers);
  }

  /** Sends a body without saying how long it is. */
  Answer sendChunked(String method, String path, byte[] body, String... headers) {
    BodyPublisher publisher = BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body));
    return send(method, path, publisher, headers);
  }

  private Answer send(String method, String path, BodyPublisher body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path)).method(method, body);
    authorization.ifPresent(value -> request.header("Authorization", value));
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      return new Answer(http.send(request.build(), BodyHandlers.ofByteArray()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
