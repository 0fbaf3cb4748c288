package dev.berth.local.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.lambda.http.Headers;
import dev.berth.lambda.http.Response;
import dev.berth.lambda.http.Response.Body.Bytes;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that no honest client sends. */
class HostileInputTest {

  private final AtomicInteger handled = new AtomicInteger();
  private Servers server;

  @BeforeEach
  void start() throws IOException {
    server =
        Servers.start(
            request -> {
              handled.incrementAndGet();
              request.body().transferTo(OutputStream.nullOutputStream());
              var seen = request.method() + " " + request.path() + "?" + request.rawQuery();
              return new Response(200, Headers.none(), new Bytes(seen.getBytes(ISO_8859_1)));
            });
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private String answerTo(String request) throws IOException {
    try (var client = server.connect()) {
      return client.send(request).readAll();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\0\1\2\r\n\r\n",
        "GET\r\n\r\n",
        "GET /\r\n\r\n",
        "GET / HTTP/x\r\nHost: a\r\n\r\n",
        "G\u00e9T / HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /a\0b HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /a b HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET * HTTP/1.1\r\nHost: a\r\n\r\n",
        "CONNECT a:80 HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET http://a HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET / HTTP/1.1\r\n\r\n",
        "GET / HTTP/1.1\r\nHost:\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nno colon\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nX : y\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nX: a\0b\r\n\r\n",
        "GET / HTTP/1.1\nHost: a\n\n",
      })
  void whatIsNotHttpIs400(String request) throws IOException {
    assertThat(answerTo(request))
        .startsWith("HTTP/1.1 400 ")
        .contains("connection: close")
        .contains("{\"errors\":[{\"code\":\"MALFORMED_REQUEST\",\"message\":")
        .contains("\"__type\":\"MalformedHttpRequestException\",\"message\":");
    assertThat(handled).hasValue(0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 3\r\nTransfer-Encoding: chunked",
        "Content-Length: 3\r\nContent-Length: 4",
        "Content-Length: 3, 4",
        "Content-Length: -1",
        "Content-Length: +3",
        "Content-Length: 3x",
        "Content-Length: 99999999999999999999",
        "Transfer-Encoding: gzip",
        "Transfer-Encoding: chunked, gzip",
        "Transfer-Encoding: xchunked",
      })
  void aBodyOfUncertainLengthIs400(String fields) throws IOException {
    assertThat(answerTo("PUT / HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n\r\n0\r\n\r\n"))
        .startsWith("HTTP/1.1 400 ");
    assertThat(handled).hasValue(0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"z\r\n", "-1\r\nabc", "3\r\nabcdef\r\n", "ffffffffffff\r\n", ";\r\n"})
  void anInvalidChunkIs400(String chunks) throws IOException {
    assertThat(answerTo("PUT / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks))
        .startsWith("HTTP/1.1 400 ")
        .contains("the body is not well-formed chunks");
  }

  @Test
  void aBodyThatEndsEarlyIs400() throws IOException {
    try (var client = server.connect()) {
      client.send("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nabc").endOutput();

      assertThat(client.readAll()).startsWith("HTTP/1.1 400 ").contains("ended before its end");
    }
  }

  @Test
  void aLongRequestLineIs414() throws IOException {
    assertThat(answerTo("GET /" + "a".repeat(9000) + " HTTP/1.1\r\nHost: a\r\n\r\n"))
        .startsWith("HTTP/1.1 414 ");
  }

  @Test
  void aLargeHeaderSectionIs431() throws IOException {
    assertThat(answerTo("GET / HTTP/1.1\r\nHost: a\r\nX: " + "a".repeat(17_000) + "\r\n\r\n"))
        .startsWith("HTTP/1.1 431 ");
  }

  @Test
  void manyHeaderFieldsAre431() throws IOException {
    assertThat(answerTo("GET / HTTP/1.1\r\nHost: a\r\n" + "X: y\r\n".repeat(100) + "\r\n"))
        .startsWith("HTTP/1.1 431 ");
  }

  @Test
  void anotherVersionIs505() throws IOException {
    assertThat(answerTo("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")).startsWith("HTTP/1.1 505 ");
  }

  @Test
  void anotherExpectationIs417() throws IOException {
    assertThat(answerTo("PUT / HTTP/1.1\r\nHost: a\r\nExpect: tea\r\nContent-Length: 1\r\n\r\n"))
        .startsWith("HTTP/1.1 417 ");
  }

  @Test
  void anErrorHasARequestIdAndItsLength() throws IOException {
    assertThat(answerTo("GET / HTTP/1.1\r\n\r\n"))
        .containsPattern("x-amzn-RequestId: [0-9a-f-]{36}\r\n")
        .containsPattern("content-length: \\d+\r\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/%zz", "/%00", "/%", "/a%C3%28", "/../..", "//", "/\u00ff"})
  void anOddPathReachesTheHandlerAsItIs(String path) throws IOException {
    assertThat(answerTo("GET " + path + "?q=%zz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 200 ")
        .endsWith("GET " + path + "?q=%zz");
  }

  @Test
  void anUnknownMethodReachesTheHandler() throws IOException {
    assertThat(answerTo("BR!EW /pot HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"))
        .endsWith("BR!EW /pot?");
  }

  @Test
  void anAbsoluteTargetNamesTheHost() throws IOException {
    assertThat(answerTo("GET http://b/x HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"))
        .endsWith("GET /x?");
  }

  @Test
  void nothingIsHandledAfterARefusedRequest() throws IOException {
    assertThat(answerTo("GET / HTTP/1.1\r\n\r\nGET /second HTTP/1.1\r\nHost: a\r\n\r\n"))
        .startsWith("HTTP/1.1 400 ")
        .doesNotContain("second");
    assertThat(handled).hasValue(0);
  }

  @Test
  void theServerGoesOnAfterGarbage() throws IOException {
    answerTo("\u0016\u0003\u0001\u0002\u0000\u0001\u0000\r\n\r\n");

    assertThat(answerTo("GET /x HTTP/1.0\r\n\r\n")).startsWith("HTTP/1.1 200 ").endsWith("GET /x?");
  }
}
