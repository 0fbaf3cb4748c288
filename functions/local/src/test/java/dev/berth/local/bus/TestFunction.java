package dev.berth.local.bus;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A function that keeps the events that it was given, and then does as it is told. */
final class TestFunction implements RequestStreamHandler {

  private static final long LONGEST_SECONDS = 60;

  private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
  private final Runnable then;

  TestFunction() {
    this(() -> {});
  }

  TestFunction(Runnable then) {
    this.then = then;
  }

  /** Does not end unless it is interrupted, and fails then. */
  static TestFunction hanging() {
    return new TestFunction(
        () -> {
          try {
            Thread.sleep(Long.MAX_VALUE);
          } catch (InterruptedException e) {
            throw new IllegalStateException("broken off", e);
          }
        });
  }

  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    events.add(new String(in.readAllBytes(), UTF_8));
    then.run();
  }

  /** The next event, waited for. */
  String take() throws InterruptedException {
    String event = events.poll(LONGEST_SECONDS, TimeUnit.SECONDS);
    if (event == null) {
      throw new AssertionError("no event came");
    }
    return event;
  }

  int waiting() {
    return events.size();
  }
}
