package dev.berth.local.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.berth.lambda.replication.HttpLayerDownloads;
import dev.berth.lambda.replication.HttpLayerDownloads.Timeouts;
import dev.berth.local.host.HostSettings.TlsFiles;
import dev.berth.local.http.SelfSigned;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Layers that come from a region behind the host's own certificate. */
class HostTrustTest {

  @TempDir private static Path directory;
  private static SelfSigned certificate;
  private static HttpsServer server;

  @BeforeAll
  static void start() throws Exception {
    certificate = SelfSigned.in(directory);
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(certificate.serving()));
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            exchange.sendResponseHeaders(200, 5);
            exchange.getResponseBody().write("layer".getBytes());
          }
        });
    server.start();
  }

  @AfterAll
  static void stop() {
    server.stop(0);
  }

  private static InputStream open(Optional<TlsFiles> tls) throws IOException {
    var link = URI.create("https://localhost:%d/?secret".formatted(server.getAddress().getPort()));
    return new HttpLayerDownloads(HostTrust.of(tls), true, Timeouts.defaults()).open(link, 0, 5);
  }

  @Test
  void theHostsOwnCertificateIsTrusted() throws IOException {
    var files = new TlsFiles(certificate.certificate(), certificate.key());
    try (InputStream layer = open(Optional.of(files))) {
      assertThat(layer.readAllBytes()).asString().isEqualTo("layer");
    }
  }

  @Test
  void whatNobodyHasSignedIsNotTrustedOtherwise() {
    assertThatThrownBy(() -> open(Optional.empty()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(" cannot be trusted: ")
        .hasMessageNotContaining("secret");
  }

  @Test
  void aFileWithoutACertificateIsSaid() throws IOException {
    Path file = Files.writeString(directory.resolve("none.pem"), "none");
    assertThatThrownBy(() -> HostTrust.of(Optional.of(new TlsFiles(file, file))))
        .isInstanceOf(SetupException.class)
        .hasMessageStartingWith("--tls-cert: ");
  }
}
