package dev.berth.lambda.handler;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.lambda.http.Handler;
import dev.berth.lambda.http.Headers;
import dev.berth.lambda.http.RegistryAddress;
import dev.berth.lambda.http.Request;
import dev.berth.lambda.http.Response;
import dev.berth.lambda.http.Response.Body.Blob;
import dev.berth.lambda.http.Response.Body.Bytes;
import dev.berth.registry.store.Objects;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** A function as its clients see it through API Gateway. */
class LambdaEdgeTest {

  private static final Headers DIGEST =
      Headers.of("Docker-Content-Digest", "sha256:00", "Content-Type", "a/b", "ETag", "x");

  private final AtomicReference<Request> seen = new AtomicReference<>();

  private HttpResponse<byte[]> send(HttpRequest.Builder request, String path, Handler handler)
      throws Exception {
    Handler recording =
        asked -> {
          seen.set(asked);
          return handler.handle(asked);
        };
    var function =
        new ApiFunction(recording, objects(), new RegistryAddress("111111111111", "us-east-1"));
    try (var edge = new LambdaEdge(function);
        var client = HttpClient.newHttpClient()) {
      return client.send(request.uri(edge.uri().resolve(path)).build(), BodyHandlers.ofByteArray());
    }
  }

  /** Objects of which nothing is asked but links. */
  private static Objects objects() {
    return (Objects)
        Proxy.newProxyInstance(
            Objects.class.getClassLoader(),
            new Class<?>[] {Objects.class},
            (proxy, method, arguments) -> {
              assertThat(method.getName()).isEqualTo("signedLink");
              assertThat((Duration) arguments[2]).isEqualTo(Duration.ofMinutes(5));
              return URI.create("https://store.example/" + arguments[0] + "?for=" + arguments[1]);
            });
  }

  private static HttpRequest.Builder method(String method) {
    return HttpRequest.newBuilder().method(method, BodyPublishers.noBody());
  }

  private static String message(HttpResponse<byte[]> answer) throws IOException {
    return new ObjectMapper().readTree(answer.body()).path("message").textValue();
  }

  @Test
  void aBinaryBodyComesBackAsItWasSent() throws Exception {
    var bytes = new byte[] {0, -1, 7, -128};

    var answer =
        send(
            HttpRequest.newBuilder().PUT(BodyPublishers.ofByteArray(bytes)),
            "/v2/a%2Fb?digest=sha256%3A00",
            request -> new Response(201, DIGEST, new Bytes(request.body().readAllBytes())));

    assertThat(answer.statusCode()).isEqualTo(201);
    assertThat(answer.body()).isEqualTo(bytes);
    assertThat(seen.get().path()).isEqualTo("/v2/a%2Fb");
    assertThat(seen.get().rawQuery()).isEqualTo("digest=sha256%3A00");
    assertThat(seen.get().headers().all("Content-Length")).containsExactly("4");
  }

  @Test
  void aBlobIsALinkForItsMethodWithoutTheBytesHeaders() throws Exception {
    var answer =
        send(method("GET"), "/v2/x", any -> new Response(206, DIGEST, new Blob("o/1", 5, 6)));

    assertThat(answer.statusCode()).isEqualTo(307);
    assertThat(answer.headers().allValues("Location"))
        .containsExactly("https://store.example/o/1?for=GET");
    assertThat(answer.headers().allValues("Docker-Content-Digest")).containsExactly("sha256:00");
    assertThat(answer.headers().map()).doesNotContainKeys("content-type", "etag");
  }

  @Test
  void headOfABlobIsALinkForHead() throws Exception {
    var answer =
        send(method("HEAD"), "/v2/x", any -> new Response(200, DIGEST, new Blob("o/1", 0, 6)));

    assertThat(answer.statusCode()).isEqualTo(307);
    assertThat(answer.headers().allValues("Location"))
        .containsExactly("https://store.example/o/1?for=HEAD");
  }

  @Test
  void headOfBytesHasTheirLength() throws Exception {
    var answer =
        send(method("HEAD"), "/v2/x", any -> new Response(200, DIGEST, new Bytes(new byte[1234])));

    assertThat(answer.headers().allValues("Content-Length")).containsExactly("1234");
    assertThat(answer.body()).isEmpty();
  }

  @Test
  void theChallengeIsRenamedByTheGateway() throws Exception {
    var answer =
        send(
            method("GET"),
            "/v2/",
            any -> new Response(401, Headers.of("WWW-Authenticate", "Basic realm=\"a\"")));

    assertThat(answer.headers().map()).doesNotContainKey("www-authenticate");
    assertThat(answer.headers().allValues("x-amzn-Remapped-WWW-Authenticate")).hasSize(1);
  }

  @Test
  void aManifestOfFourMebibytesPasses() throws Exception {
    var manifest = new byte[4 * 1024 * 1024];

    var answer =
        send(method("GET"), "/v2/x", any -> new Response(200, DIGEST, new Bytes(manifest)));

    assertThat(answer.body()).hasSize(manifest.length);
  }

  @Test
  void anAnswerThatLambdaCannotReturnIsRefusedInWords() throws Exception {
    var tooLarge = new byte[5 * 1024 * 1024];

    var answer =
        send(method("GET"), "/v2/x", any -> new Response(200, DIGEST, new Bytes(tooLarge)));

    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(message(answer)).contains("more than the 6291456 that an invocation may return");
  }

  @Test
  void aBodyThatLambdaCannotTakeIsRefusedBeforeTheFunction() throws Exception {
    var answer =
        send(
            HttpRequest.newBuilder().PUT(BodyPublishers.ofByteArray(new byte[5 * 1024 * 1024])),
            "/v2/x",
            any -> new Response(201, Headers.none()));

    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(message(answer)).isEqualTo("Request Entity Too Large");
    assertThat(seen.get()).isNull();
  }

  @Test
  void aHandlerThatThrowsIsAnswered500WithoutItsWords() throws Exception {
    var answer =
        send(
            method("GET"),
            "/v2/x",
            any -> {
              throw new IllegalStateException("secret");
            });

    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(new String(answer.body())).contains("ServerException").doesNotContain("secret");
  }
}
