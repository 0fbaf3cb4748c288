package dev.berth.lambda.replication;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.lambda.replication.PublicSockets.ForbiddenAddressException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.security.NoSuchAlgorithmException;
import java.util.concurrent.FutureTask;
import java.util.function.Predicate;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;

/** As the JDK's client of HTTPS uses them. */
class PublicSocketsTest {

  private void ask(ServerSocket server, Predicate<InetAddress> allowed)
      throws IOException, NoSuchAlgorithmException {
    var link = URI.create("https://localhost:%d/".formatted(server.getLocalPort())).toURL();
    var connection = (HttpsURLConnection) link.openConnection(Proxy.NO_PROXY);
    connection.setSSLSocketFactory(
        new PublicSockets(SSLContext.getDefault().getSocketFactory(), allowed));
    connection.setReadTimeout(10_000);
    try {
      connection.getResponseCode();
    } finally {
      connection.disconnect();
    }
  }

  /** The first byte that a client sends; -1 where it sends none. */
  private static FutureTask<Integer> heard(ServerSocket server) {
    var heard =
        new FutureTask<>(
            () -> {
              try (Socket socket = server.accept()) {
                int first = socket.getInputStream().read();
                socket.getOutputStream().write("no TLS at all".getBytes(UTF_8));
                return first;
              }
            });
    Thread.ofVirtual().start(heard);
    return heard;
  }

  @Test
  void whoIsConnectedToAnAddressThatIsNotAllowedHearsNothing() throws Exception {
    try (var server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      FutureTask<Integer> heard = heard(server);

      assertThatThrownBy(() -> ask(server, PublicAddresses::has))
          .isInstanceOf(ForbiddenAddressException.class);

      assertThat(heard.get()).isEqualTo(-1);
    }
  }

  @Test
  void othersAreSpokenToByTls() throws Exception {
    try (var server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      FutureTask<Integer> heard = heard(server);

      assertThatThrownBy(() -> ask(server, InetAddress::isLoopbackAddress))
          .isInstanceOf(SSLException.class);

      // a handshake
      assertThat(heard.get()).isEqualTo(22);
    }
  }
}
