package dev.berth.local.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.lambda.http.Handler;
import dev.berth.lambda.http.Headers;
import dev.berth.lambda.http.Response;
import dev.berth.lambda.http.Response.Body.Blob;
import dev.berth.lambda.http.Response.Body.Bytes;
import dev.berth.local.http.Settings.Tls;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The streaming edge behind a certificate of its own. */
class TlsTest {

  @TempDir private static Path directory;
  private static Tls tls;
  private static SSLContext trusting;

  @BeforeAll
  static void makeCertificate() throws Exception {
    var certificate = SelfSigned.in(directory);
    tls = new Tls(certificate.certificate(), certificate.key());
    trusting = certificate.trusting();
  }

  @Test
  void aBlobThatHasToBeReadPassesEncrypted() throws Exception {
    var bytes = new byte[1_000_000];
    new Random(1).nextBytes(bytes);
    var file = Files.write(directory.resolve("read"), bytes);
    var blob = new Blob(file.toString(), 0, bytes.length);
    try (var server =
            Servers.startSecure(tls, Servers.READ, any -> new Response(200, Headers.none(), blob));
        var client = HttpClient.newBuilder().sslContext(trusting).build()) {
      var request = HttpRequest.newBuilder(server.uri("/")).build();

      assertThat(client.send(request, BodyHandlers.ofByteArray()).body()).isEqualTo(bytes);
    }
  }

  @Test
  void bodiesAndBlobsPassEncrypted() throws Exception {
    var bytes = new byte[3_000_000];
    new Random(1).nextBytes(bytes);
    var file = directory.resolve("blob");
    Handler handler =
        request -> {
          assertThat(request.secure()).isTrue();
          Files.write(file, request.body().readAllBytes());
          return new Response(200, Headers.none(), new Blob(file.toString(), 0, bytes.length));
        };
    try (var server = Servers.startSecure(tls, handler);
        var client = HttpClient.newBuilder().sslContext(trusting).build()) {
      var request =
          HttpRequest.newBuilder(server.uri("/")).PUT(BodyPublishers.ofByteArray(bytes)).build();

      assertThat(client.send(request, BodyHandlers.ofByteArray()).body()).isEqualTo(bytes);
    }
  }

  @Test
  void anEarlyAnswerIsReadToItsEnd() throws Exception {
    var tooLarge = new Response(413, Headers.none(), new Bytes("too large".getBytes(UTF_8)));
    try (var server = Servers.startSecure(tls, any -> tooLarge);
        var socket = trusting.getSocketFactory().createSocket("localhost", server.port())) {
      var out = socket.getOutputStream();
      out.write("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999\r\n\r\n".getBytes(UTF_8));
      out.write(new byte[4_000_000]);

      assertThat(new String(socket.getInputStream().readNBytes(12), UTF_8))
          .isEqualTo("HTTP/1.1 413");
    }
  }

  @Test
  void aClientThatSpeaksPlainHttpIsClosed() throws Exception {
    try (var server = Servers.startSecure(tls, any -> new Response(200, Headers.none()));
        var client = server.connect()) {
      client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");

      assertThat(client.readAll()).doesNotContain("HTTP/1.1");
    }
  }

  @Test
  void aKeyThatIsNoneIsNamed() {
    var swapped = new Tls(tls.key(), tls.certificates());

    assertThatThrownBy(() -> Servers.startSecure(swapped, any -> new Response(200, Headers.none())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(tls.key().toString());
  }
}
