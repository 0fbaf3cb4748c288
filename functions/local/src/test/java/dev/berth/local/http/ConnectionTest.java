package dev.berth.local.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.berth.lambda.http.Handler;
import dev.berth.lambda.http.Headers;
import dev.berth.lambda.http.Response;
import dev.berth.lambda.http.Response.Body.Bytes;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** How a connection lives from request to request, and ends. */
class ConnectionTest {

  private static final String GET = "GET /%s HTTP/1.1\r\nHost: a\r\n\r\n";
  private static final Response TOO_LARGE =
      new Response(413, Headers.none(), new Bytes("too large".getBytes(UTF_8)));

  private static final Handler PATHS =
      request -> new Response(200, Headers.none(), new Bytes(request.path().getBytes(UTF_8)));

  /** Writes until the other side or the socket's buffers refuse more. */
  private static Throwable sendUntilRefused(RawClient client, int mebibytes) {
    var bytes = new byte[1024 * 1024];
    return catchThrowable(
        () -> {
          for (int i = 0; i < mebibytes; i++) {
            client.send(bytes);
          }
        });
  }

  @Test
  void pipelinedRequestsAreAnsweredInOrderOneAtATime() throws Exception {
    var running = new AtomicInteger();
    var most = new AtomicInteger();
    Handler handler =
        request -> {
          most.accumulateAndGet(running.incrementAndGet(), Math::max);
          Thread.yield();
          running.decrementAndGet();
          return PATHS.handle(request);
        };
    try (var server = Servers.start(handler);
        var client = server.connect()) {
      var requests = new StringBuilder();
      for (int i = 0; i < 500; i++) {
        requests.append(GET.formatted(i));
      }
      client.send(requests.toString());

      for (int i = 0; i < 500; i++) {
        assertThat(client.readAnswer()).endsWith("\r\n\r\n/" + i);
      }
      assertThat(most).hasValue(1);
    }
  }

  @Test
  void requestsBeforeTheClientEndsItsSideAreAnswered() throws Exception {
    try (var server = Servers.start(PATHS);
        var client = server.connect()) {
      client.send(GET.formatted("one") + GET.formatted("two")).endOutput();

      assertThat(client.readAll()).contains("/one").endsWith("/two");
    }
  }

  @Test
  void aConnectionEndsWhenTheClientSaysSo() throws Exception {
    try (var server = Servers.start(PATHS);
        var client = server.connect()) {
      client.send("GET /a HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");

      assertThat(client.readAll()).contains("connection: close").endsWith("/a");
    }
  }

  @Test
  void anHttp10ConnectionGoesOnIfAskedTo() throws Exception {
    try (var server = Servers.start(PATHS);
        var client = server.connect()) {
      client.send("GET /a HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
      assertThat(client.readAnswer()).contains("connection: keep-alive");
      client.send("GET /b HTTP/1.0\r\n\r\n");

      assertThat(client.readAll()).contains("connection: close").endsWith("/b");
    }
  }

  @Test
  void theBodyIsAskedForWhenItIsRead() throws Exception {
    var begun = new CountDownLatch(1);
    Handler handler =
        request -> {
          awaitUninterrupted(begun);
          return new Response(200, Headers.none(), new Bytes(request.body().readAllBytes()));
        };
    try (var server = Servers.start(handler);
        var client = server.connect()) {
      client.send("PUT / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n");
      assertThat(client.in().available()).isZero();
      begun.countDown();

      assertThat(client.readAnswer()).startsWith("HTTP/1.1 100 ");
      assertThat(client.send("abc").readAnswer()).startsWith("HTTP/1.1 200 ").endsWith("abc");
    }
  }

  private static void awaitUninterrupted(CountDownLatch latch) throws IOException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  @Test
  void aBodyThatIsNotReadIsNotAskedFor() throws Exception {
    try (var server = Servers.start(any -> TOO_LARGE);
        var client = server.connect()) {
      client.send("PUT / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n");

      assertThat(client.readAll()).startsWith("HTTP/1.1 413 ").contains("connection: close");
    }
  }

  @Test
  void theSmallRestOfABodyIsDroppedAndTheConnectionGoesOn() throws Exception {
    try (var server = Servers.start(any -> TOO_LARGE);
        var client = server.connect()) {
      client.send("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 60000\r\n\r\n");
      assertThat(client.readAnswer())
          .startsWith("HTTP/1.1 413 ")
          .doesNotContain("connection: close");
      client.send(new byte[60_000]).send(GET.formatted("next"));

      assertThat(client.readAnswer()).startsWith("HTTP/1.1 413 ");
    }
  }

  @Test
  void anAnswerReachesAClientThatIsStillSending() throws Exception {
    try (var server = Servers.start(any -> TOO_LARGE);
        var client = server.connect()) {
      client.send("PATCH / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000000\r\n\r\n");

      assertThat(sendUntilRefused(client, 64)).isNull();
      assertThat(client.readAll())
          .startsWith("HTTP/1.1 413 ")
          .contains("connection: close")
          .endsWith("too large");
    }
  }

  @Test
  void aClientThatSendsOnAfterTheAnswerIsCutOff() throws Exception {
    var limits = Servers.limits(10, Duration.ofMillis(50));
    try (var server = Servers.start(limits, any -> TOO_LARGE);
        var client = server.connect()) {
      client.send("PATCH / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");

      assertThat(sendUntilRefused(client, 1_000_000)).isInstanceOf(SocketException.class);
    }
  }

  @Test
  void aBodyThatTheClientBreaksOffIsAnIoException() throws Exception {
    var thrown = new LinkedBlockingQueue<Throwable>();
    Handler handler =
        request -> {
          thrown.add(catchThrowable(() -> request.body().readAllBytes()));
          return TOO_LARGE;
        };
    try (var server = Servers.start(handler)) {
      try (var client = server.connect()) {
        client.send("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nabc");
      }
      try (var client = server.connect()) {
        client.send("PUT / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n");
        client.socket().setSoLinger(true, 0);
      }

      assertThat(thrown.take()).isInstanceOf(IOException.class);
      assertThat(thrown.take()).isInstanceOf(IOException.class);
    }
  }

  @Test
  void aBodyThatStopsIs408() throws Exception {
    Handler handler =
        request -> {
          request.body().transferTo(OutputStream.nullOutputStream());
          return TOO_LARGE;
        };
    try (var server = Servers.start(Servers.IMPATIENT, handler);
        var client = server.connect()) {
      client.send("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nabc");

      assertThat(client.readAll()).startsWith("HTTP/1.1 408 ").contains("no more of the body");
    }
  }

  @Test
  void aSlowHeaderIs408() throws Exception {
    try (var server = Servers.start(Servers.IMPATIENT, PATHS);
        var client = server.connect()) {
      client.send("GET / HTTP/1.1\r\nHo");

      assertThat(client.readAll()).startsWith("HTTP/1.1 408 ");
    }
  }

  @Test
  void anIdleConnectionIsClosed() throws Exception {
    try (var server = Servers.start(Servers.IMPATIENT, PATHS);
        var fresh = server.connect();
        var used = server.connect()) {
      used.send(GET.formatted("a")).readAnswer();

      assertThat(fresh.readAll()).isEmpty();
      assertThat(used.readAll()).isEmpty();
    }
  }

  @Test
  void aClientThatDoesNotReadItsAnswerIsCutOff() throws Exception {
    var large = new Response(200, Headers.none(), new Bytes(new byte[32 * 1024 * 1024]));
    var begun = new CountDownLatch(1);
    Handler handler =
        any -> {
          begun.countDown();
          return large;
        };
    try (var server = Servers.start(Servers.IMPATIENT, handler);
        var client = server.connect()) {
      client.send(GET.formatted("a"));
      begun.await();
      // more than the socket's buffers hold is missing once the server has given up
      awaitClosed(server);
      int total = 0;
      var buffer = new byte[64 * 1024];
      for (int count = 0; count >= 0; count = client.in().read(buffer)) {
        total += count;
      }

      assertThat(total).isLessThan(32 * 1024 * 1024);
    } catch (SocketException e) {
      assertThat(e).hasMessageContaining("reset");
    }
  }

  private static void awaitClosed(Servers server) {
    while (server.connections() > 0) {
      Thread.yield();
    }
  }

  @Test
  void aConnectionBeyondTheLimitIsClosed() throws Exception {
    var limits = Servers.limits(1, Duration.ofSeconds(30));
    try (var server = Servers.start(limits, PATHS);
        var first = server.connect()) {
      first.send(GET.formatted("a")).readAnswer();
      try (var second = server.connect()) {
        assertThat(second.readAll()).isEmpty();
      }

      assertThat(first.send(GET.formatted("b")).readAnswer()).endsWith("/b");
    }
  }

  @Test
  void aHandlerThatDoesNotReadHoldsTheClientBack() throws Exception {
    var release = new CountDownLatch(1);
    Handler handler =
        request -> {
          awaitUninterrupted(release);
          return new Response(
              200,
              Headers.of(
                  "X-Total", "" + request.body().transferTo(OutputStream.nullOutputStream())),
              new Response.Body.Empty());
        };
    int size = 256 * 1024 * 1024;
    try (var server = Servers.start(handler);
        var client = SocketChannel.open(new InetSocketAddress("127.0.0.1", server.port()))) {
      client.write(
          UTF_8.encode("PATCH / HTTP/1.1\r\nHost: a\r\nContent-Length: " + size + "\r\n\r\n"));
      client.configureBlocking(false);
      int taken = writeUntilHeldBack(client, size);
      assertThat(taken).isLessThan(size / 4);
      release.countDown();
      client.configureBlocking(true);
      Channels.newOutputStream(client).write(new byte[size - taken]);

      var answer = ByteBuffer.allocate(1024);
      client.read(answer);
      assertThat(UTF_8.decode(answer.flip()).toString()).contains("x-total: " + size);
    }
  }

  /** How many bytes the server and the sockets' buffers took before they took no more. */
  private static int writeUntilHeldBack(SocketChannel client, int size) throws IOException {
    int taken = 0;
    for (int refusals = 0; refusals < 20_000 && taken < size; refusals++) {
      int count = client.write(ByteBuffer.allocate(Math.min(8 * 1024, size - taken)));
      taken += count;
      refusals = count > 0 ? 0 : refusals;
      Thread.yield();
    }
    return taken;
  }

  @Test
  void closingLetsTheRequestUnderWayEnd() throws Exception {
    var begun = new CountDownLatch(1);
    var release = new CountDownLatch(1);
    Handler handler =
        request -> {
          begun.countDown();
          awaitUninterrupted(release);
          return PATHS.handle(request);
        };
    var server = Servers.start(handler);
    try (var idle = server.connect();
        var client = server.connect()) {
      client.send(GET.formatted("a"));
      begun.await();
      var closing = Thread.ofVirtual().start(server::close);
      assertThat(idle.readAll()).isEmpty();
      release.countDown();

      assertThat(client.readAll()).contains("connection: close").endsWith("/a");
      closing.join();
    }
  }

  @Test
  void closingBreaksOffWhatDoesNotEnd() throws Exception {
    var begun = new CountDownLatch(1);
    Handler handler =
        request -> {
          begun.countDown();
          awaitUninterrupted(new CountDownLatch(1));
          return TOO_LARGE;
        };
    var server = Servers.start(Servers.IMPATIENT, handler);
    try (var client = server.connect()) {
      client.send(GET.formatted("a"));
      begun.await();
      server.close();

      assertThat(client.readAll()).isEmpty();
    }
  }
}
