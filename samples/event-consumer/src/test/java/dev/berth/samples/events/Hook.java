package dev.berth.samples.events;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A webhook on loopback that notes what it is posted. */
final class Hook implements AutoCloseable {

  private final HttpServer server;
  private final BlockingQueue<String> posted = new LinkedBlockingQueue<>();
  private final AtomicInteger failures = new AtomicInteger();

  Hook() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:%d/token".formatted(server.getAddress().getPort());
  }

  /** Answers 503 so many times. */
  void fail(int times) {
    failures.set(times);
  }

  /** The next body, failures included. */
  String take() throws InterruptedException {
    String next = posted.poll(60, TimeUnit.SECONDS);
    if (next == null) {
      throw new AssertionError("nothing was posted");
    }
    return next;
  }

  boolean isEmpty() {
    return posted.isEmpty();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
      boolean failing = failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
      exchange.sendResponseHeaders(failing ? 503 : 204, -1);
      posted.add(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
