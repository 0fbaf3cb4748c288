package dev.berth.local.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Locale;

/** A client that sends what it likes. */
final class RawClient implements AutoCloseable {

  private final Socket socket;

  RawClient(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    // ends a test that would hang, and is never met by one that passes
    socket.setSoTimeout(30_000);
  }

  RawClient send(String text) throws IOException {
    return send(text.getBytes(ISO_8859_1));
  }

  RawClient send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    return this;
  }

  RawClient endOutput() throws IOException {
    socket.shutdownOutput();
    return this;
  }

  /** All until the server ends the connection. */
  String readAll() throws IOException {
    return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
  }

  /** One answer: its head and as much as its Content-Length announces. */
  String readAnswer() throws IOException {
    var answer = new StringBuilder();
    while (answer.indexOf("\r\n\r\n") < 0) {
      answer.append(next());
    }
    var head = answer.toString().toLowerCase(Locale.ROOT);
    int length = head.indexOf("content-length: ");
    if (length >= 0) {
      int end = head.indexOf('\r', length);
      int count = Integer.parseInt(head.substring(length + "content-length: ".length(), end));
      answer.append(new String(socket.getInputStream().readNBytes(count), ISO_8859_1));
    }
    return answer.toString();
  }

  private char next() throws IOException {
    int read = socket.getInputStream().read();
    if (read < 0) {
      throw new IOException("the server ended the connection");
    }
    return (char) read;
  }

  InputStream in() {
    try {
      return socket.getInputStream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Socket socket() {
    return socket;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
