package dev.berth.lambda.replication;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.lambda.replication.HttpLayerDownloads.Timeouts;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a server that answers with just the bytes that it is told to. */
class HttpLayerDownloadsTest {

  private static final String RANGE = "HTTP/1.1 206 Partial Content\r\nContent-Range: bytes %s\r\n";

  /** Behind what is answered: the connection stays, and nothing more comes. */
  private static final String SILENCE = "\0";

  private final ServerSocket server = listen();
  private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final List<Socket> silent = new CopyOnWriteArrayList<>();
  private final CountDownLatch over = new CountDownLatch(1);
  private final HttpLayerDownloads downloads = downloads(true);

  /** Behind what is answered: a letter now and then. */
  private static final String TRICKLE = "\1";

  private static final Duration IDLE = Duration.ofMillis(300);

  private static HttpLayerDownloads downloads(boolean plain) {
    return downloads(plain, new Timeouts(Duration.ofSeconds(5), IDLE));
  }

  private static HttpLayerDownloads downloads(boolean plain, Timeouts timeouts) {
    try {
      return new HttpLayerDownloads(SSLContext.getDefault(), plain, timeouts);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private static ServerSocket listen() {
    try {
      return new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  HttpLayerDownloadsTest() {
    Thread.ofVirtual().start(this::serve);
  }

  /** One answer for each connection. */
  private void serve() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        requests.add(head(socket));
        String answer = answers.take();
        String told = answer.replace(SILENCE, "").replace(TRICKLE, "");
        socket.getOutputStream().write(told.getBytes(ISO_8859_1));
        if (answer.endsWith(SILENCE)) {
          silent.add(socket);
        } else if (answer.endsWith(TRICKLE)) {
          trickle(socket);
        } else {
          socket.close();
        }
      } catch (IOException | InterruptedException over) {
        // the next accept tells whether the test is
      }
    }
  }

  private void trickle(Socket socket) throws IOException, InterruptedException {
    try (socket) {
      while (!over.await(20, TimeUnit.MILLISECONDS)) {
        socket.getOutputStream().write('a');
      }
    }
  }

  private static String head(Socket socket) throws IOException {
    var head = new StringBuilder();
    InputStream in = socket.getInputStream();
    while (head.indexOf("\r\n\r\n") < 0) {
      int read = in.read();
      if (read < 0) {
        throw new IOException("no request");
      }
      head.append((char) read);
    }
    return head.toString();
  }

  @AfterEach
  void close() throws IOException {
    over.countDown();
    server.close();
    for (Socket socket : silent) {
      socket.close();
    }
  }

  private URI link() {
    return URI.create(
        "http://localhost:%d/layers/a?signature=secret".formatted(server.getLocalPort()));
  }

  private String read(String answer, long offset) throws IOException {
    answers.add(answer);
    try (InputStream in = downloads.open(link(), offset, 10)) {
      return new String(in.readAllBytes(), ISO_8859_1);
    }
  }

  private void assertFails(ThrowingCallable call, String how) {
    assertThatThrownBy(call)
        .isInstanceOf(IOException.class)
        .hasMessage("http://localhost:%d %s".formatted(server.getLocalPort(), how))
        .hasNoCause();
  }

  @Test
  void theRestIsAskedForByItsRange() throws IOException {
    String answer = RANGE.formatted("4-9/10") + "Content-Length: 6\r\n\r\n456789";

    assertThat(read(answer, 4)).isEqualTo("456789");

    assertThat(requests.getFirst())
        .startsWith("GET /layers/a?signature=secret HTTP/1.1\r\n")
        .contains("\r\nRange: bytes=4-9\r\n")
        .doesNotContain("Accept-Encoding", "Authorization");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n0123456789",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\na\r\n0123456789\r\n0\r\n\r\n",
        "HTTP/1.1 206 Partial Content\r\nContent-Range: bytes 0-9/*\r\n\r\n0123456789",
        "HTTP/1.0 200 OK\r\n\r\n0123456789"
      })
  void allOfItMayComeInAnyWay(String answer) throws IOException {
    assertThat(read(answer, 0)).isEqualTo("0123456789");
  }

  @ParameterizedTest
  @CsvSource({
    "0-9/10, 4",
    "4-8/10, 4",
    "4-9/11, 4",
    "5-9/10, 4",
    "9-4/10, 4",
    "*/10, 4",
    "nonsense, 4",
    "-1-9/10, 0",
    "99999999999999999999-9/10, 0"
  })
  void anotherRangeIsRefused(String range, long offset) {
    assertFails(
        () -> read(RANGE.formatted(range) + "\r\n0123456789", offset),
        "answers another range than bytes %d-9 of 10".formatted(offset));
  }

  @ParameterizedTest
  @ValueSource(ints = {204, 301, 302, 307, 400, 403, 404, 416, 500, 503})
  void everyOtherAnswerIsRefusedAndNoRedirectFollowed(int status) {
    String answer =
        "HTTP/1.1 %d So\r\nLocation: http://localhost:1/other\r\nContent-Length: 10\r\n\r\n0123456789"
            .formatted(status);
    assertFails(() -> read(answer, 0), "answers " + status);
    assertThat(requests).hasSize(1);
  }

  @Test
  void whatIsWrongWithAnAnswerIsSaid() {
    assertFails(
        () -> read("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n0123456789", 4),
        "sends all bytes where those from 4 on were asked for");
    assertFails(
        () -> read("HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\n01234567890", 0),
        "announces 11 bytes instead of 10");
    assertFails(
        () -> read("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n0123456789", 0),
        "sends the bytes in another encoding");
    assertFails(() -> read("I do not speak HTTP\r\n\r\n", 0), "does not speak HTTP");
    assertFails(() -> read("HTTP/1.1 twohundred\r\n\r\n", 0), "does not speak HTTP");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"HTTP/1.1 200 OK\r\n%s", "HTTP/1.1 200 OK\r\nX-Endless: %s", "HTTP/1.1 200 %s"})
  void aHeadWithoutEndIsNotReadToItsEnd(String answer) {
    String endless = answer.formatted("a: b\r\n".repeat(100_000));
    // the JDK asks once more
    answers.add(endless);
    assertFails(() -> read(endless, 0), "breaks the connection off (ProtocolException)");
  }

  @Test
  void interimAnswersWithoutEndAreNotReadToTheirEnd() {
    assertFails(
        () -> read("HTTP/1.1 100 Continue\r\n\r\n".repeat(200_000), 0),
        "sends interim answers without end");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 \1",
        "HTTP/1.1 200 OK\r\nX-Slow: \1",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;\1",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\na\r\n0123456789\r\n0\r\nX-Slow: \1"
      })
  void whatTricklesAndIsNoLayerIsNotWaitedForAnyLonger(String answer) throws Exception {
    HttpLayerDownloads impatient = downloads(true, new Timeouts(IDLE, IDLE));
    answers.add(answer);
    var read =
        new FutureTask<Void>(
            () -> {
              assertFails(
                  () -> {
                    try (InputStream in = impatient.open(link(), 0, 10)) {
                      in.readAllBytes();
                    }
                  },
                  "does not answer in time");
              // or what it does next would be broken off, too
              assertThat(Thread.currentThread().isInterrupted()).isFalse();
              return null;
            });
    Thread.ofVirtual().start(read);
    read.get();
  }

  @Test
  void aLayerThatTricklesIsReadAsItComes() throws Exception {
    answers.add("HTTP/1.1 200 OK\r\n\r\n\1");
    var read =
        new FutureTask<byte[]>(
            () -> {
              try (InputStream in = downloads.open(link(), 0, 10)) {
                return in.readNBytes(40);
              }
            });
    Thread.ofVirtual().start(read);
    assertThat(read.get()).hasSize(40);
  }

  @Test
  void aConnectionThatBreaksIsSaid() {
    assertFails(
        () -> read("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n0123", 0),
        "breaks the connection off (IOException)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\0",
        "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\0",
        "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n0123\0"
      })
  void aServerThatFallsSilentIsNotWaitedForAnyLonger(String answer) {
    assertFails(() -> read(answer, 0), "does not answer in time");
  }

  @Test
  void aServerThatIsNotThereIsSaid() throws IOException {
    ServerSocket closed = listen();
    closed.close();
    var link = URI.create("http://localhost:%d/?secret".formatted(closed.getLocalPort()));
    assertThatThrownBy(() -> downloads.open(link, 0, 10))
        .hasMessage("http://localhost:%d cannot be connected to".formatted(closed.getLocalPort()))
        .hasNoCause();
    assertThatThrownBy(() -> downloads.open(URI.create("http://nowhere.invalid/?secret"), 0, 10))
        .hasMessage("http://nowhere.invalid is not known by its name")
        .hasNoCause();
  }

  @Test
  void aServerThatIsNotTrustedIsSaid() {
    answers.add("no TLS at all");
    assertThatThrownBy(
            () -> downloads.open(URI.create(link().toString().replace("http:", "https:")), 0, 10))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("https://localhost:%d ".formatted(server.getLocalPort()))
        .hasMessageNotContaining("secret");
  }

  @Test
  void aFunctionAsksNobodyWithoutTls() {
    assertFails(() -> downloads(false).open(link(), 0, 10), "is not asked without TLS");
    assertThat(requests).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "127.0.0.1",
        "2130706433",
        "0",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "169.254.169.254",
        "10.0.0.1",
        "192.168.1.1",
        "[fd00:ec2::254]",
        "[64:ff9b::a9fe:a9fe]"
      })
  void aFunctionAsksNobodyBesideItself(String host) {
    assertThatThrownBy(
            () -> downloads(false).open(URI.create("https://%s/?secret".formatted(host)), 0, 10))
        .isInstanceOf(IOException.class)
        .hasMessage("https://%s is not asked, as it has no public address".formatted(host))
        .hasNoCause();
  }

  @Test
  void aFunctionAsksAtThePortOfHttpsAlone() {
    assertThatThrownBy(
            () -> downloads(false).open(URI.create("https://1.1.1.1:8443/?secret"), 0, 10))
        .isInstanceOf(IOException.class)
        .hasMessage("https://1.1.1.1:8443 is not asked at this port")
        .hasNoCause();
  }

  @ParameterizedTest
  @ValueSource(strings = {"file:///etc/passwd?secret", "ftp://localhost/?secret", "jar:file:a!/"})
  void onlyHttpIsSpoken(String link) {
    assertThatThrownBy(() -> downloads.open(URI.create(link), 0, 10))
        .isInstanceOf(IOException.class)
        .hasMessageEndingWith("cannot be asked by this link")
        .hasMessageNotContaining("secret");
  }
}
