package dev.berth.local.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.lambda.http.Handler;
import dev.berth.lambda.http.Headers;
import dev.berth.lambda.http.RegistryAddress;
import dev.berth.lambda.http.Request;
import dev.berth.lambda.http.Response;
import dev.berth.lambda.http.Response.Body.Blob;
import dev.berth.lambda.http.Response.Body.Bytes;
import java.io.IOException;
import java.net.BindException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What honest clients meet. */
class StreamingServerTest {

  private static final Headers TYPE = Headers.of("Content-Type", "a/b");

  private final LinkedBlockingQueue<Request> seen = new LinkedBlockingQueue<>();

  @TempDir private Path directory;

  private static HttpResponse<byte[]> send(Servers server, HttpRequest.Builder request, String path)
      throws Exception {
    try (var client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      return client.send(request.uri(server.uri(path)).build(), BodyHandlers.ofByteArray());
    }
  }

  private Handler recording(Handler handler) {
    return request -> {
      seen.add(request);
      return handler.handle(request);
    };
  }

  private static Response echo(Request request) throws IOException {
    return new Response(200, TYPE, new Bytes(request.body().readAllBytes()));
  }

  private static byte[] random(int size) {
    var bytes = new byte[size];
    new Random(1).nextBytes(bytes);
    return bytes;
  }

  @Test
  void theRequestIsWhatTheClientSent() throws Exception {
    try (var server = Servers.start(recording(StreamingServerTest::echo))) {
      var request = HttpRequest.newBuilder().header("X", "1").header("x", "2");
      send(server, request.PUT(BodyPublishers.ofString("abc")), "/a%2Fb?c=%20&d");

      var got = seen.take();
      assertThat(got.method()).isEqualTo("PUT");
      assertThat(got.path()).isEqualTo("/a%2Fb");
      assertThat(got.rawQuery()).isEqualTo("c=%20&d");
      assertThat(got.host()).isEqualTo("localhost:" + server.port());
      assertThat(got.registry()).isEqualTo(Servers.REGISTRY);
      assertThat(got.headers().all("X")).containsExactly("1", "2");
      assertThat(got.contentLength()).hasValue(3);
      assertThat(got.sourceAddress()).isEqualTo("127.0.0.1");
      assertThat(got.secure()).isFalse();
    }
  }

  @Test
  void theHostNamesTheRegistry() throws Exception {
    try (var server = Servers.start(recording(StreamingServerTest::echo));
        var client = server.connect()) {
      client.send("GET / HTTP/1.1\r\nHost: 222222222222.dkr.ecr.eu-west-1.localhost\r\n\r\n");
      client.readAnswer();

      assertThat(seen.take().registry())
          .isEqualTo(new RegistryAddress("222222222222", "eu-west-1"));
    }
  }

  @Test
  void everyAnswerHasTheRequestsId() throws Exception {
    try (var server = Servers.start(recording(StreamingServerTest::echo))) {
      var answer = send(server, HttpRequest.newBuilder(), "/");

      assertThat(answer.headers().allValues("x-amzn-RequestId")).containsExactly(seen.take().id());
    }
  }

  @Test
  void anIdThatTheHandlerGivesStays() throws Exception {
    var own = Headers.of("X-Amzn-RequestId", "own", "Link", "<a>", "Link", "<b>");
    try (var server = Servers.start(any -> new Response(204, own))) {
      var answer = send(server, HttpRequest.newBuilder(), "/");

      assertThat(answer.headers().allValues("x-amzn-requestid")).containsExactly("own");
      assertThat(answer.headers().allValues("Link")).containsExactly("<a>", "<b>");
      assertThat(answer.headers().map()).doesNotContainKey("content-length");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 300_000, 5_000_000})
  void aBodyArrivesWhole(int size) throws Exception {
    var bytes = random(size);
    try (var server = Servers.start(StreamingServerTest::echo)) {
      var known = HttpRequest.newBuilder().PUT(BodyPublishers.ofByteArray(bytes));
      var chunked =
          HttpRequest.newBuilder()
              .PUT(BodyPublishers.fromPublisher(BodyPublishers.ofByteArray(bytes)));

      assertThat(send(server, known, "/").body()).isEqualTo(bytes);
      assertThat(send(server, chunked, "/").body()).isEqualTo(bytes);
    }
  }

  @Test
  void theJdksTransportDoesTheSame() throws Exception {
    var bytes = random(5_000_000);
    try (var server = Servers.startNio(StreamingServerTest::echo)) {
      var request = HttpRequest.newBuilder().PUT(BodyPublishers.ofByteArray(bytes));

      assertThat(send(server, request, "/").body()).isEqualTo(bytes);
    }
  }

  @Test
  void aBlobIsTheRangeOfItsFile() throws Exception {
    var bytes = random(3_000_000);
    var file = Files.write(directory.resolve("blob"), bytes);
    var blob = new Blob(file.toString(), 1_000, 2_000_000);
    try (var server = Servers.start(any -> new Response(206, TYPE, blob))) {
      var answer = send(server, HttpRequest.newBuilder(), "/");

      assertThat(answer.statusCode()).isEqualTo(206);
      assertThat(answer.body()).isEqualTo(Arrays.copyOfRange(bytes, 1_000, 2_001_000));
    }
  }

  @Test
  void aBlobOfSeveralFilesIsOneBody() throws Exception {
    var first = Files.writeString(directory.resolve("1"), "one");
    var second = Files.writeString(directory.resolve("2"), "two");
    BlobSource files =
        new BlobSource.Files(
            (key, offset, length) ->
                new Servers.Parts(
                    List.of(new Servers.Part(first, 1, 2), new Servers.Part(second, 0, 3))));
    try (var server = Servers.start(files, any -> new Response(200, TYPE, new Blob("k", 1, 5)))) {
      assertThat(send(server, HttpRequest.newBuilder(), "/").body())
          .isEqualTo("netwo".getBytes(UTF_8));
    }
  }

  @Test
  void aBlobThatHasToBeReadIsSentPieceByPiece() throws Exception {
    var bytes = random(3_000_000);
    var file = Files.write(directory.resolve("blob"), bytes);
    var blob = new Blob(file.toString(), 1_000, 2_000_000);
    try (var server = Servers.start(Servers.READ, any -> new Response(206, TYPE, blob))) {
      for (int i = 0; i < 2; i++) {
        assertThat(send(server, HttpRequest.newBuilder(), "/").body())
            .isEqualTo(Arrays.copyOfRange(bytes, 1_000, 2_001_000));
      }
    }
  }

  @Test
  void whatIsReadOfABlobIsClosedWhenItIsSentAndWhenItCannotBe() throws Exception {
    var file = Files.write(directory.resolve("blob"), random(300_000));
    List<SeekableByteChannel> opened = new CopyOnWriteArrayList<>();
    BlobSource shorter =
        new BlobSource.Files(
            (key, offset, length) ->
                new Servers.Parts(
                    List.of(new Servers.Part(file, 0, 300_000), new Servers.Part(file, 0, 300_001)),
                    channel -> {
                      opened.add(channel);
                      return new Servers.NoFile(channel);
                    }));
    var blob = new Blob("k", 0, 600_001);
    try (var server = Servers.start(shorter, any -> new Response(200, TYPE, blob));
        var client = server.connect()) {
      client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");

      assertThat(client.readAll()).contains("content-length: 600001\r\n").hasSizeLessThan(600_001);
    }
    assertThat(opened).hasSize(2).noneMatch(SeekableByteChannel::isOpen);
  }

  @Test
  void aBlobThatMayNotBeReadNowIsForbidden() throws Exception {
    BlobSource refused =
        new BlobSource.Files(
            (key, offset, length) -> {
              throw new AccessDeniedException(key, null, "the key is disabled");
            });
    try (var server = Servers.start(refused, any -> new Response(200, TYPE, new Blob("k", 0, 5)))) {
      var answer = send(server, HttpRequest.newBuilder(), "/");

      assertThat(answer.statusCode()).isEqualTo(403);
      assertThat(answer.body()).asString(UTF_8).contains("the key is disabled");
    }
  }

  @Test
  void aBlobWhoseFileIsShorterIsNotBegun() throws Exception {
    BlobSource files = new BlobSource.Files((key, offset, length) -> new Servers.Parts(List.of()));
    try (var server = Servers.start(files, any -> new Response(200, TYPE, new Blob("k", 0, 5)))) {
      assertThat(send(server, HttpRequest.newBuilder(), "/").statusCode()).isEqualTo(500);
    }
  }

  @Test
  void aBlobWhoseFileIsGoneAfterItBeganIsCutOff() throws Exception {
    var first = Files.writeString(directory.resolve("1"), "one");
    var parts =
        List.of(new Servers.Part(first, 0, 3), new Servers.Part(directory.resolve("none"), 0, 3));
    BlobSource files = new BlobSource.Files((key, offset, length) -> new Servers.Parts(parts));
    try (var server = Servers.start(files, any -> new Response(200, TYPE, new Blob("k", 0, 6)));
        var client = server.connect()) {
      client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");

      assertThat(client.readAll()).contains("content-length: 6\r\n").endsWith("\r\n\r\none");
    }
  }

  @Test
  void headHasTheLengthAndNoBody() throws Exception {
    try (var server =
            Servers.start(
                request ->
                    new Response(
                        200,
                        TYPE,
                        request.path().equals("/blob")
                            ? new Blob("nowhere", 0, 9_000_000_000L)
                            : new Bytes("abc".getBytes(UTF_8))));
        var client = server.connect()) {
      client.send("HEAD /blob HTTP/1.1\r\nHost: a\r\n\r\n");
      client.send("HEAD / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");

      assertThat(client.readAll())
          .contains("content-length: 9000000000\r\n")
          .contains("content-length: 3\r\n")
          .endsWith("\r\n\r\n");
    }
  }

  @Test
  void aHandlerThatThrowsIsAnswered500AndTheConnectionGoesOn() throws Exception {
    Handler handler =
        request -> {
          if (request.path().equals("/")) {
            throw new IllegalStateException("secret");
          }
          return echo(request);
        };
    try (var server = Servers.start(handler);
        var client = server.connect()) {
      var answer = client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n").readAnswer();

      assertThat(answer).startsWith("HTTP/1.1 500 ").contains("ServerException");
      assertThat(answer).doesNotContain("secret").doesNotContain("connection: close");
      assertThat(client.send("GET /2 HTTP/1.1\r\nHost: a\r\n\r\n").readAnswer())
          .startsWith("HTTP/1.1 200 ");
    }
  }

  @Test
  void anAnswerWithALineBreakInAHeaderIsOurFault() throws Exception {
    try (var server =
        Servers.start(any -> new Response(200, Headers.of("X", "a\r\nSet-Cookie: b")))) {
      var answer = send(server, HttpRequest.newBuilder(), "/");

      assertThat(answer.statusCode()).isEqualTo(500);
      assertThat(answer.headers().map()).doesNotContainKey("set-cookie");
    }
  }

  @Test
  void aPortInUseIsNamed() throws Exception {
    try (var server = Servers.start(StreamingServerTest::echo);
        var second =
            new StreamingServer(
                new Settings(
                    List.of(new Settings.Listener("127.0.0.1", server.port(), Servers.REGISTRY)),
                    Optional.empty(),
                    Servers.PATIENT),
                StreamingServerTest::echo,
                Servers.FILES)) {
      assertThatThrownBy(second::bind)
          .isInstanceOf(BindException.class)
          .hasMessageContaining("127.0.0.1:" + server.port());
    }
  }

  @Test
  void eachListenerHasItsRegistry() throws Exception {
    var other = new RegistryAddress("333333333333", "us-west-2");
    var settings =
        new Settings(
            List.of(
                new Settings.Listener("127.0.0.1", 0, Servers.REGISTRY),
                new Settings.Listener("localhost", 0, other)),
            Optional.empty(),
            Servers.PATIENT);
    try (var server =
        new StreamingServer(settings, recording(StreamingServerTest::echo), Servers.FILES)) {
      var bound = server.bind();
      try (var client = new RawClient(bound.getLast().getPort())) {
        client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n").readAnswer();
      }

      assertThat(seen.take().registry()).isEqualTo(other);
    }
  }
}
