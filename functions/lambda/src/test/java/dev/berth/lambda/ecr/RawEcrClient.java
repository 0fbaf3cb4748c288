package dev.berth.lambda.ecr;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.core.authz.Authorizer;
import dev.berth.core.sigv4.SigV4Verifier;
import dev.berth.core.sigv4.SignedRequest;
import dev.berth.core.sigv4.TestSigner;
import dev.berth.core.throttle.Throttle;
import dev.berth.lambda.Throttles;
import dev.berth.lambda.audit.CallRecorder;
import dev.berth.lambda.http.Headers;
import dev.berth.lambda.http.RegistryAddress;
import dev.berth.lambda.http.Request;
import dev.berth.lambda.http.Response;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Calls operations as a client does: signed, as the root of account 123456789012. */
final class RawEcrClient {

  static final Clock NOW = Clock.fixed(Instant.parse("2015-08-30T12:36:00Z"), ZoneOffset.UTC);

  private static final String PREFIX = "AmazonEC2ContainerRegistry_V20150921.";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final EcrApi api;

  /** What the next requests are signed with. */
  TestSigner signer = new TestSigner();

  <I, O> RawEcrClient(Class<I> requestType, Operation<I, O> operation, Authorizer authorizer) {
    this(new Operations(List.of(new Operations.Entry<>(requestType, operation))), authorizer);
  }

  RawEcrClient(Operations operations, Authorizer authorizer) {
    this(operations, Throttles.none(), authorizer);
  }

  RawEcrClient(Operations operations, Throttle throttle, Authorizer authorizer) {
    this(operations, throttle, authorizer, CallRecorder.none());
  }

  RawEcrClient(
      Operations operations, Throttle throttle, Authorizer authorizer, CallRecorder recorder) {
    api =
        new EcrApi(
            recorder,
            operations,
            new SigV4Verifier(NOW),
            "us-east-1"::equals,
            id -> Optional.of(TestSigner.KEY).filter(key -> key.id().equals(id)),
            throttle,
            authorizer);
  }

  Answer call(String operation, String body) {
    return call(operation, body.getBytes(StandardCharsets.UTF_8));
  }

  Answer call(String operation, byte[] body) {
    return send(signer.header("x-amz-target", PREFIX + operation).body(body).sign());
  }

  Answer send(SignedRequest request) {
    return send(request, new ByteArrayInputStream(request.body()), OptionalLong.empty());
  }

  Answer send(SignedRequest request, InputStream body, OptionalLong length) {
    return new Answer(
        api.handle(
            new Request(
                request.method(),
                request.path(),
                request.rawQuery(),
                "ecr.us-east-1.amazonaws.com",
                new RegistryAddress("123456789012", "us-east-1"),
                new Headers(request.headers()),
                body,
                length,
                "127.0.0.1",
                true,
                "request-1")));
  }

  /** An answer and its JSON. */
  record Answer(Response response) {

    JsonNode json() {
      try {
        return JSON.readTree(((Response.Body.Bytes) response.body()).bytes());
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }

    String text() {
      return new String(((Response.Body.Bytes) response.body()).bytes(), StandardCharsets.UTF_8);
    }

    void isOk(String json) {
      assertThat(text()).isEqualTo(json);
      assertThat(response.status()).isEqualTo(200);
    }

    void isError(int status, String type, String message) {
      assertThat(json().path("message").asText()).isEqualTo(message);
      assertThat(json().path("__type").asText()).isEqualTo(type);
      assertThat(response.headers().all("x-amzn-ErrorType")).containsExactly(type);
      assertThat(response.status()).isEqualTo(status);
    }
  }
}
