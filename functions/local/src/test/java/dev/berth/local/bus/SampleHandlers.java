package dev.berth.local.bus;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Semaphore;

/** Functions that are put on a jar, and write what they get to the file that the tag names. */
public final class SampleHandlers {

  /** Takes events as a stream. */
  public static final class Streams implements RequestStreamHandler {
    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context)
        throws IOException {
      Files.write(Path.of(System.getProperty("berth.test.taken")), input.readAllBytes());
    }
  }

  /** Takes events as maps, and tells whether it can see the host's classes. */
  public static final class Maps implements RequestHandler<Map<String, Object>, String> {
    @Override
    public String handleRequest(Map<String, Object> event, Context context) {
      try {
        String text = event.get("detail-type") + " " + seesHost() + " " + context.getFunctionName();
        Files.writeString(Path.of(System.getProperty("berth.test.taken")), text);
        return "";
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static boolean seesHost() {
      try {
        Class.forName("dev.berth.local.cli.BerthCommand");
        return true;
      } catch (ClassNotFoundException e) {
        return false;
      }
    }
  }

  /** Never ends by itself. */
  public static final class Hanging implements RequestStreamHandler {
    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) {
      try {
        Thread.sleep(Long.MAX_VALUE);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Puts what it gets into a queue, and goes on until it is let, whoever interrupts it. */
  public static final class Deaf implements RequestStreamHandler {

    static final String TAKEN = "berth.test.deaf.taken";
    static final String END = "berth.test.deaf.end";

    @Override
    @SuppressWarnings("unchecked")
    public void handleRequest(InputStream input, OutputStream output, Context context)
        throws IOException {
      // the JDK's classes are the same on both sides of the jar
      var taken = (Queue<String>) System.getProperties().get(TAKEN);
      taken.add(new String(input.readAllBytes(), UTF_8));
      ((Semaphore) System.getProperties().get(END)).acquireUninterruptibly();
    }
  }

  /** Fails, and not by an exception. */
  public static final class Failing implements RequestStreamHandler {
    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) {
      throw new StackOverflowError("too deep");
    }
  }
}
