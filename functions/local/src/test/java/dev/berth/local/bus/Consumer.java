package dev.berth.local.bus;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** An HTTP server of events on loopback, which keeps what it is sent and answers as it is told. */
public final class Consumer implements AutoCloseable {

  private static final long LONGEST_SECONDS = 60;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final BlockingQueue<String> bodies = new LinkedBlockingQueue<>();
  private final Queue<Integer> answers = new ConcurrentLinkedQueue<>();
  private final CountDownLatch end = new CountDownLatch(1);
  private final boolean hangs;

  public Consumer() throws IOException {
    this(false);
  }

  /**
   * @param hangs whether it answers nothing
   */
  Consumer(boolean hangs) throws IOException {
    this.hangs = hangs;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.setExecutor(threads);
    server.start();
  }

  public URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/events");
  }

  /** Statuses of the next answers; 204 behind them. */
  void answers(int... statuses) {
    for (int status : statuses) {
      answers.add(status);
    }
  }

  /** The next event that was sent, waited for. */
  public String take() throws InterruptedException {
    String body = bodies.poll(LONGEST_SECONDS, TimeUnit.SECONDS);
    if (body == null) {
      throw new AssertionError("no event came");
    }
    return body;
  }

  int waiting() {
    return bodies.size();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      bodies.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
      if (hangs) {
        end.await();
      }
      Integer status = answers.poll();
      exchange.sendResponseHeaders(status == null ? 204 : status, -1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    end.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
