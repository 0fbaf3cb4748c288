package dev.berth.lambda.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.berth.core.replication.PeerAgreement;
import dev.berth.core.replication.PeerSecret;
import dev.berth.core.replication.PeerSecret.Source;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Layers of a deployment that others run. */
class HttpLayerSourcesTest {

  private static final String REGION = "eu-west-1";

  private final List<String> asked = new CopyOnWriteArrayList<>();
  private HttpServer server;
  private PeerSite site;

  @BeforeEach
  void listen() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            asked.add(exchange.getRequestURI().toString());
            exchange.sendResponseHeaders(200, 5);
            exchange.getResponseBody().write("layer".getBytes());
          }
        });
    server.start();
    site =
        new AgreedPeer(
                new PeerAgreement(REGION, false, any -> true, PeerSecret.random()),
                URI.create(endpoint()),
                List.of())
            .site();
  }

  @AfterEach
  void end() {
    site.client().shutdownNow();
    server.stop(0);
  }

  private String endpoint() {
    return "http://localhost:" + server.getAddress().getPort();
  }

  private InputStream open(String region, String link) throws IOException {
    return new HttpLayerSources(of -> Optional.of(site).filter(any -> of.equals(REGION)))
        .of(new Source("111122223333", region))
        .open(URI.create(link), 0, 5);
  }

  @Test
  void aPathIsOneAtThePeersEndpoint() throws IOException {
    try (InputStream layer = open(REGION, "/_objects/a?signature=b")) {
      assertThat(layer.readAllBytes()).asString().isEqualTo("layer");
    }
    assertThat(asked).containsExactly("/_objects/a?signature=b");
  }

  /** What runs on this machine beside the peer is none of its business. */
  @Test
  void noOtherServerIsAskedWithoutTls() {
    String link = endpoint().replace("localhost", "127.0.0.1") + "/?secret";
    assertThatThrownBy(() -> open(REGION, link))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("is not asked without TLS")
        .hasMessageNotContaining("secret");
    assertThat(asked).isEmpty();
  }

  @Test
  void aRegionThatIsNotKnownHasNoLayers() {
    assertThatThrownBy(() -> open("us-east-1", "/_objects/a?secret"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("us-east-1")
        .hasMessageNotContaining("secret");
  }
}
