import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** One connection to ECR's API, kept open: signs each request and reads its answer. */
final class Wire implements AutoCloseable {

  private final int port;
  private final Signer signer;
  private Socket socket;
  private InputStream in;

  Wire(int port) throws IOException {
    this.port = port;
    signer = new Signer(port);
    open();
  }

  private void open() throws IOException {
    socket = new Socket("localhost", port);
    socket.setTcpNoDelay(true);
    in = new BufferedInputStream(socket.getInputStream(), 65_536);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  /**
   * The answer's body.
   *
   * @throws IOException if the answer is not 200, with what it says
   */
  String call(String operation, String json) throws IOException {
    socket.getOutputStream().write(signer.request(operation, json));
    return answer(operation);
  }

  private String answer(String operation) throws IOException {
    String status = line();
    int length = 0;
    boolean closes = false;
    for (String header = line(); !header.isEmpty(); header = line()) {
      String lower = header.toLowerCase(Locale.ROOT);
      if (lower.startsWith("content-length:")) {
        length = Integer.parseInt(lower.substring(15).strip());
      }
      closes |= lower.startsWith("connection:") && lower.endsWith("close");
    }
    String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
    if (!status.startsWith("HTTP/1.1 200 ")) {
      throw new IOException(operation + ": " + status + " " + body);
    }
    if (closes) {
      socket.close();
      open();
    }
    return body;
  }

  private String line() throws IOException {
    var line = new ByteArrayOutputStream();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new IOException("the server closed the connection");
      }
      line.write(next);
    }
    return line.toString(StandardCharsets.US_ASCII).stripTrailing();
  }
}
