package dev.berth.lambda.oci;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.berth.lambda.http.Headers;
import dev.berth.lambda.http.Request;
import dev.berth.lambda.http.Response;
import dev.berth.lambda.http.Response.Body;
import dev.berth.registry.store.MemoryObjects;
import dev.berth.registry.store.MemoryTable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The wire over the least that an edge can be: the JDK's server, bodies streamed, blobs sent. */
class PlainExchangesTest extends ExchangesContract {

  private static final MemoryObjects OBJECTS = new MemoryObjects(MemoryObjects.FIVE_MIB);
  private static final TestRegistry REGISTRY = new TestRegistry(new MemoryTable(), OBJECTS);
  private static final OciApi API = REGISTRY.api();
  private static final ExecutorService THREADS = Executors.newVirtualThreadPerTaskExecutor();
  private static HttpServer server;

  @BeforeAll
  static void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(THREADS);
    server.createContext("/", PlainExchangesTest::exchange);
    server.start();
  }

  @AfterAll
  static void stop() {
    server.stop(0);
    THREADS.shutdownNow();
  }

  private static void exchange(HttpExchange exchange) throws IOException {
    try (exchange) {
      Response response = API.handle(request(exchange));
      // the client is sending still, and would not read an answer behind a closed connection
      exchange.getRequestBody().skip(Long.MAX_VALUE);
      response.headers().fields().forEach(exchange.getResponseHeaders()::put);
      byte[] body = bytes(response.body());
      if (exchange.getRequestMethod().equals("HEAD")) {
        exchange.getResponseHeaders().set("Content-Length", Integer.toString(body.length));
        exchange.sendResponseHeaders(response.status(), -1);
      } else {
        exchange.sendResponseHeaders(response.status(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
      }
    }
  }

  private static Request request(HttpExchange exchange) {
    URI uri = exchange.getRequestURI();
    return new Request(
        exchange.getRequestMethod(),
        uri.getRawPath(),
        Optional.ofNullable(uri.getRawQuery()).orElse(""),
        exchange.getRequestHeaders().getFirst("Host"),
        TestRegistry.ADDRESS,
        new Headers(exchange.getRequestHeaders()),
        exchange.getRequestBody(),
        Optional.ofNullable(exchange.getRequestHeaders().getFirst("Content-Length"))
            .map(length -> OptionalLong.of(Long.parseLong(length)))
            .orElse(OptionalLong.empty()),
        "127.0.0.1",
        false,
        UUID.randomUUID().toString());
  }

  private static byte[] bytes(Body body) throws IOException {
    return switch (body) {
      case Body.Empty() -> new byte[0];
      case Body.Bytes(byte[] bytes) -> bytes;
      case Body.Blob blob -> {
        try (InputStream in = OBJECTS.get(blob.objectKey(), blob.offset(), blob.length())) {
          yield in.readAllBytes();
        }
      }
    };
  }

  @Override
  protected TestRegistry registry() {
    return REGISTRY;
  }

  @Override
  protected URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  @Override
  protected long maxBody() {
    return Long.MAX_VALUE;
  }
}
