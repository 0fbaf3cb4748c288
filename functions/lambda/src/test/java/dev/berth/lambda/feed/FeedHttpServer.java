package dev.berth.lambda.feed;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;

/** A server that has files, tells of their versions, and misbehaves as it is told. */
final class FeedHttpServer implements AutoCloseable {

  /** What is answered for a path. */
  interface Answer {
    void to(HttpExchange exchange) throws IOException;
  }

  private final HttpServer server;
  private final Map<String, Answer> answers = new ConcurrentHashMap<>();
  private final List<String> conditions = new ArrayList<>();

  FeedHttpServer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::serve);
    server.start();
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      condition(exchange, "If-None-Match");
      condition(exchange, "If-Modified-Since");
      answers
          .getOrDefault(exchange.getRequestURI().getPath(), it -> it.sendResponseHeaders(404, -1))
          .to(exchange);
    }
  }

  private void condition(HttpExchange exchange, String name) {
    Optional.ofNullable(exchange.getRequestHeaders().getFirst(name))
        .ifPresent(value -> conditions.add(name + ": " + value));
  }

  String url(String path) {
    return "http://localhost:%d%s".formatted(server.getAddress().getPort(), path);
  }

  /** The conditions that came with requests. */
  List<String> conditions() {
    return conditions;
  }

  void answer(String path, Answer answer) {
    answers.put(path, answer);
  }

  void put(String path, byte[] bytes) {
    answer(path, exchange -> send(exchange, bytes, bytes.length));
  }

  /** A file that is asked for on a condition. */
  void put(String path, byte[] bytes, String header, String version) {
    String condition = header.equals("ETag") ? "If-None-Match" : "If-Modified-Since";
    answer(
        path,
        exchange -> {
          exchange.getResponseHeaders().set(header, version);
          if (version.equals(exchange.getRequestHeaders().getFirst(condition))) {
            exchange.sendResponseHeaders(304, -1);
          } else {
            send(exchange, bytes, bytes.length);
          }
        });
  }

  void redirect(String path, String location) {
    answer(
        path,
        exchange -> {
          exchange.getResponseHeaders().set("Location", location);
          exchange.sendResponseHeaders(302, -1);
        });
  }

  static void send(HttpExchange exchange, byte[] bytes, long announced) throws IOException {
    exchange.sendResponseHeaders(200, announced);
    exchange.getResponseBody().write(bytes);
    exchange.getResponseBody().flush();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
