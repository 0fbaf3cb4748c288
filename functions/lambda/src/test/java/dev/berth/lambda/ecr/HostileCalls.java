package dev.berth.lambda.ecr;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.core.sigv4.SigV4Verifier;
import dev.berth.core.sigv4.TestSigner;
import dev.berth.lambda.Authorizers;
import dev.berth.lambda.Throttles;
import dev.berth.lambda.audit.CallRecorder;
import dev.berth.lambda.http.Handler;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls that no SDK makes, over an edge: each is answered, and never as if it were our fault. */
public abstract class HostileCalls {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TARGET = "AmazonEC2ContainerRegistry_V20150921.DescribeRepositories";
  private static final int TEN_MB = 10_000_000;

  private final SdkRegistry registry = new SdkRegistry();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final TestSigner signer = new TestSigner();
  private URI uri;

  /** Serves the API at an edge; answers with where, without a path. */
  protected abstract URI serve(Handler api) throws IOException;

  protected abstract void stop() throws IOException;

  /** The largest body that the edge lets through, in bytes. */
  protected abstract int maxBody();

  @BeforeEach
  void start() throws IOException {
    uri =
        serve(
            new EcrApi(
                CallRecorder.none(),
                registry.operations,
                new SigV4Verifier(RawEcrClient.NOW),
                "us-east-1"::equals,
                id -> Optional.of(TestSigner.KEY).filter(key -> key.id().equals(id)),
                Throttles.none(),
                Authorizers.withoutPolicies()));
    signer.header("host", uri.getAuthority()).header("x-amz-target", TARGET);
  }

  @AfterEach
  void end() throws IOException {
    http.close();
    stop();
    registry.close();
  }

  @Test
  void anHonestCallIsAnswered() {
    assertThat(call("{}".getBytes(UTF_8)).statusCode()).isEqualTo(200);
  }

  @Test
  void aBodyOfNoKnownLengthIsRead() {
    byte[] body = "{}".getBytes(UTF_8);
    var sent =
        signed(body).POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)));

    assertThat(send(sent).statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "{}}",
        "{} {}",
        "{}x",
        "[]",
        "null",
        "{\"maxResults\":1,\"maxResults\":2}",
        "{\"maxResults\":\"1\"}",
        "{'a':1}",
        "{\"a\":\"\\ud83d\",\"registryId\":\"\\ud83d\"}",
        "<a/>",
        "a=b&c=d"
      })
  void whatIsNoRequestIsNotRead(String body) {
    assertError(call(body.getBytes(UTF_8)), 400, "SerializationException");
  }

  @Test
  void anotherCharsetOrCodingIsNotRead() throws IOException {
    var zipped = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(zipped)) {
      gzip.write("{}".getBytes(UTF_8));
    }
    signer.header("content-encoding", "gzip");

    assertError(call(zipped.toByteArray()), 400, "SerializationException");
    assertError(call("{\"é\":\"é\"}".getBytes(ISO_8859_1)), 400, "SerializationException");
  }

  /** Jackson tells UTF-16 by its first bytes, as the JSON specification once had it. */
  @Test
  void utf16IsReadOrRefused() {
    assertThat(call("{}".getBytes(UTF_16)).statusCode()).isIn(200, 400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json",
        "application/x-amz-json-1.0",
        "application/x-www-form-urlencoded",
        ";",
        "multipart/form-data; boundary=a",
        "application/cbor"
      })
  void anotherContentTypeIsRefused(String type) {
    signer.header("content-type", type);

    assertError(call("{}".getBytes(UTF_8)), 400, "SerializationException");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x",
        "DescribeRepositories",
        "AmazonEC2ContainerRegistry_V20150921.",
        "AmazonEC2ContainerRegistry_V20150921.describeRepositories",
        "AmazonEC2ContainerRegistry_V20150921.DescribeRepositories.more",
        "AmazonEC2ContainerRegistry_V20150921.java.lang.Object",
        "AmazonEC2ContainerRegistry_V20250101.DescribeRepositories"
      })
  void anotherTargetIsUnknown(String target) {
    signer.header("x-amz-target", target);

    assertError(call("{}".getBytes(UTF_8)), 404, "UnknownOperationException");
  }

  @Test
  void aCallWithoutOneTargetIsUnknown() {
    signer.header("x-amz-target", TARGET, TARGET);
    assertError(call("{}".getBytes(UTF_8)), 404, "UnknownOperationException");
    signer.without("x-amz-target");
    assertError(call("{}".getBytes(UTF_8)), 404, "UnknownOperationException");
  }

  @Test
  void tenMegabytesAreRefusedShortly() {
    String filled = "x".repeat(TEN_MB);
    for (String body :
        List.of(
            "{\"registryId\":\"" + filled + "\"}",
            "{\"" + filled + "\":1,\"registryId\":\"1\"}",
            "[".repeat(TEN_MB),
            filled,
            "{\"repositoryNames\":[" + "\"app\",".repeat(TEN_MB / 6) + "\"app\"]}",
            "{\"repositoryNames\":" + "9".repeat(TEN_MB) + "}")) {
      HttpResponse<byte[]> answer = call(body.getBytes(US_ASCII));

      if (body.length() <= maxBody()) {
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).path("__type").asText())
            .isIn("SerializationException", "InvalidParameterException");
      } else {
        assertThat(answer.statusCode()).isEqualTo(413);
      }
      assertThat(answer.body().length).isLessThan(4096);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "AWS4-HMAC-SHA256",
        "AWS4-HMAC-SHA256 a",
        "AWS4-HMAC-SHA256 Credential=,,,",
        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/////, SignedHeaders=;;;, Signature=",
        "Basic QTpC",
        "Basic ===",
        "Bearer a.b.c",
        "AWS4-ECDSA-P256-SHA256 Credential=a, Signature=b",
        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/ecr/aws4_request,"
            + " SignedHeaders=host, Signature=zz"
      })
  void whatIsNoSignatureIsRefused(String authorization) {
    var request = HttpRequest.newBuilder(uri).POST(BodyPublishers.ofString("{}"));
    request.header("X-Amz-Target", TARGET).header("Authorization", authorization);

    HttpResponse<byte[]> answer = send(request);

    assertThat(answer.statusCode()).isBetween(400, 403);
    assertThat(json(answer).path("__type").asText()).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "PUT", "PATCH", "DELETE", "OPTIONS", "FOO"})
  void anotherMethodIsRefused(String method) {
    byte[] body = "{}".getBytes(UTF_8);

    HttpResponse<byte[]> answer =
        send(signed(body).method(method, BodyPublishers.ofByteArray(body)));

    assertThat(answer.statusCode()).isBetween(400, 499);
  }

  private HttpResponse<byte[]> call(byte[] body) {
    return send(signed(body).POST(BodyPublishers.ofByteArray(body)));
  }

  private HttpRequest.Builder signed(byte[] body) {
    var request = HttpRequest.newBuilder(uri);
    signer
        .body(body)
        .sign()
        .headers()
        .forEach(
            (name, values) -> {
              // the client sets it itself, to the same
              if (!name.equals("host")) {
                values.forEach(value -> request.header(name, value));
              }
            });
    return request;
  }

  private HttpResponse<byte[]> send(HttpRequest.Builder request) {
    try {
      return http.send(request.build(), BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new AssertionError("not answered", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private static void assertError(HttpResponse<byte[]> answer, int status, String code) {
    assertThat(json(answer).path("__type").asText()).isEqualTo(code);
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.headers().firstValue("x-amzn-RequestId")).isPresent();
    assertThat(answer.body().length).isLessThan(4096);
  }

  private static JsonNode json(HttpResponse<byte[]> answer) {
    try {
      return JSON.readTree(answer.body());
    } catch (IOException e) {
      throw new AssertionError(new String(answer.body(), UTF_8), e);
    }
  }
}
