package dev.berth.local.files;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.berth.registry.store.Objects;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Optional;

/** An edge that does nothing but send what a signed link names. */
final class LinkServer implements AutoCloseable {

  private final HttpServer server;

  LinkServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.start();
  }

  URI base() {
    var address = server.getAddress();
    return URI.create("http://" + address.getHostString() + ":" + address.getPort());
  }

  void serve(Objects objects, LinkSigner links) {
    server.createContext("/", exchange -> answer(exchange, objects, links));
  }

  private static void answer(HttpExchange exchange, Objects objects, LinkSigner links)
      throws IOException {
    try (exchange) {
      URI uri = exchange.getRequestURI();
      String query = Optional.ofNullable(uri.getRawQuery()).orElse("");
      Optional<String> key = links.verify(exchange.getRequestMethod(), uri.getRawPath(), query);
      if (key.isEmpty()) {
        exchange.sendResponseHeaders(403, -1);
        return;
      }
      try (InputStream object = objects.get(key.get(), 0, Long.MAX_VALUE)) {
        byte[] bytes = object.readAllBytes();
        if (exchange.getRequestMethod().equals("HEAD")) {
          exchange.getResponseHeaders().set("Content-Length", String.valueOf(bytes.length));
          exchange.sendResponseHeaders(200, -1);
        } else {
          exchange.sendResponseHeaders(200, bytes.length);
          exchange.getResponseBody().write(bytes);
        }
      }
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
