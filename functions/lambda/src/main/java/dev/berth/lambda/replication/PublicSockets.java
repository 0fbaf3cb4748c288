package dev.berth.lambda.replication;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.function.Predicate;
import javax.net.ssl.SSLSocketFactory;

/**
 * Sockets of TLS to some addresses alone. What counts is the address that a socket is connected to:
 * a name that leads elsewhere than a moment ago opens nothing.
 */
final class PublicSockets extends SSLSocketFactory {

  private final SSLSocketFactory sockets;
  private final Predicate<InetAddress> allowed;

  PublicSockets(SSLSocketFactory sockets, Predicate<InetAddress> allowed) {
    this.sockets = sockets;
    this.allowed = allowed;
  }

  /** That a server is not where it may be. */
  static final class ForbiddenAddressException extends IOException {
    ForbiddenAddressException() {
      super("not a public address");
    }
  }

  @Override
  public Socket createSocket(Socket connected, String host, int port, boolean autoClose)
      throws IOException {
    if (!allowed.test(connected.getInetAddress())) {
      connected.close();
      throw new ForbiddenAddressException();
    }
    return sockets.createSocket(connected, host, port, autoClose);
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    throw new ForbiddenAddressException();
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort)
      throws IOException {
    throw new ForbiddenAddressException();
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    throw new ForbiddenAddressException();
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
      throws IOException {
    throw new ForbiddenAddressException();
  }

  @Override
  public String[] getDefaultCipherSuites() {
    return sockets.getDefaultCipherSuites();
  }

  @Override
  public String[] getSupportedCipherSuites() {
    return sockets.getSupportedCipherSuites();
  }
}
