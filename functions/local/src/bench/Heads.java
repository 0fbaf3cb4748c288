import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.LongAdder;

/**
 * Sends HEAD requests over 16 connections that are kept open, and prints how many were answered 200
 * in a second. wrk cannot: it waits for the body whose length the answer to a HEAD announces.
 *
 * <p>Arguments: port, path, the Authorization header's value, seconds.
 */
final class Heads {

  private static final int CONNECTIONS = 16;

  private Heads() {}

  public static void main(String[] arguments) throws InterruptedException {
    int port = Integer.parseInt(arguments[0]);
    double seconds = Double.parseDouble(arguments[3]);
    byte[] request =
        ("HEAD "
                + arguments[1]
                + " HTTP/1.1\r\nHost: localhost:"
                + port
                + "\r\nAuthorization: "
                + arguments[2]
                + "\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII);
    var answered = new LongAdder();
    long end = System.nanoTime() + (long) (seconds * 1e9);
    var threads = new Thread[CONNECTIONS];
    for (int i = 0; i < CONNECTIONS; i++) {
      threads[i] = new Thread(() -> send(port, request, end, answered));
      threads[i].start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    System.out.printf("%.0f%n", answered.sum() / seconds);
  }

  private static void send(int port, byte[] request, long end, LongAdder answered) {
    try (var socket = new Socket("localhost", port)) {
      socket.setTcpNoDelay(true);
      var in = new BufferedInputStream(socket.getInputStream());
      while (System.nanoTime() < end) {
        socket.getOutputStream().write(request);
        readAnswer(in);
        answered.increment();
      }
    } catch (IOException e) {
      System.err.println("HEAD failed: " + e.getMessage());
      System.exit(1);
    }
  }

  private static void readAnswer(InputStream in) throws IOException {
    var answer = new StringBuilder();
    while (answer.length() < 4 || !answer.substring(answer.length() - 4).equals("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("closed after: " + answer);
      }
      answer.append((char) next);
    }
    if (!answer.toString().startsWith("HTTP/1.1 200 ")) {
      throw new IOException(answer.toString());
    }
  }
}
