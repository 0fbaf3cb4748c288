package dev.berth.lambda.replication;

import dev.berth.lambda.replication.PublicSockets.ForbiddenAddressException;
import dev.berth.registry.upload.LayerDownloads;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.NoRouteToHostException;
import java.net.Proxy;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocketFactory;

/**
 * Fetches layers over HTTP. A server has to answer with exactly what is asked for; no redirect is
 * followed, no proxy asked, nothing unpacked. Messages name the server and not the link.
 */
public final class HttpLayerDownloads implements LayerDownloads {

  private static final Set<String> SCHEMES = Set.of("http", "https");

  private static final int HTTPS_PORT = 443;

  /** What the JDK has for the status of what is no answer. */
  private static final int NO_HTTP = -1;

  /** One for all links: connections are used again for those of the same factory alone. */
  private final SSLSocketFactory sockets;

  private final boolean plain;
  private final boolean anywhere;
  private final Timeouts timeouts;

  /**
   * For how long a server is waited for, whether it is silent or says something now and then.
   *
   * @param idle for its answer, and for the next bytes
   */
  public record Timeouts(Duration connect, Duration idle) {

    private Duration answer() {
      return connect.plus(idle);
    }

    /** So short that a call which waits for one at its end is in time for API Gateway. */
    public static Timeouts defaults() {
      return new Timeouts(Duration.ofSeconds(4), Duration.ofSeconds(5));
    }
  }

  /**
   * @param trust by which servers are known
   * @param plain whether http will do too, and any address: on a machine of one's own, but never in
   *     a function, whose surroundings answer to it. There it is https at its own port and at
   *     public addresses, where S3's are
   */
  public HttpLayerDownloads(SSLContext trust, boolean plain, Timeouts timeouts) {
    this(trust, plain, plain, timeouts);
  }

  /**
   * @param anywhere whether any address and port will do: of servers that are known by more than
   *     the link
   */
  public HttpLayerDownloads(SSLContext trust, boolean plain, boolean anywhere, Timeouts timeouts) {
    SSLSocketFactory any = trust.getSocketFactory();
    this.sockets = anywhere ? any : new PublicSockets(any, PublicAddresses::has);
    this.plain = plain;
    this.anywhere = anywhere;
    this.timeouts = timeouts;
  }

  /** Waits are bounded whatever the server does where a virtual thread asks, see {@link Watch}. */
  @Override
  public InputStream open(URI link, long offset, long size) throws IOException {
    var server = new Server(link);
    HttpURLConnection connection = connection(server, link);
    var watch = new Watch(timeouts.idle());
    boolean good = false;
    try {
      connection.setRequestProperty("Range", "bytes=%d-%d".formatted(offset, size - 1));
      int status = status(server, connection, watch);
      requireRange(server, connection, status, offset, size);
      var bytes = new Download(server, connection, watch, timeouts.idle());
      good = true;
      return bytes;
    } catch (Unsuitable told) {
      throw told;
    } catch (IOException e) {
      throw server.failure(e);
    } finally {
      if (!good) {
        watch.close();
        connection.disconnect();
      }
    }
  }

  private int status(Server server, HttpURLConnection connection, Watch watch) throws IOException {
    try {
      return watch.within(timeouts.answer(), connection::getResponseCode);
    } catch (StackOverflowError e) {
      // the JDK reads each interim answer by a call within the one for the answer before
      throw server.unsuitable("sends interim answers without end");
    }
  }

  private HttpURLConnection connection(Server server, URI link) throws IOException {
    HttpURLConnection connection = opened(server, link);
    if (connection instanceof HttpsURLConnection secure) {
      secure.setSSLSocketFactory(sockets);
    } else if (!plain) {
      throw server.unsuitable("is not asked without TLS");
    }
    if (!anywhere) {
      requirePublic(server, link);
    }
    connection.setInstanceFollowRedirects(false);
    connection.setUseCaches(false);
    connection.setConnectTimeout((int) timeouts.connect().toMillis());
    connection.setReadTimeout((int) timeouts.idle().toMillis());
    connection.setRequestProperty("Accept", "*/*");
    return connection;
  }

  /** Before anything is connected to: whether that works would tell what is there. */
  private static void requirePublic(Server server, URI link) throws IOException {
    if (link.getPort() >= 0 && link.getPort() != HTTPS_PORT) {
      throw server.unsuitable("is not asked at this port");
    }
    try {
      if (!Stream.of(InetAddress.getAllByName(link.getHost())).allMatch(PublicAddresses::has)) {
        throw server.forbidden();
      }
    } catch (UnknownHostException e) {
      throw server.failure(e);
    }
  }

  private static HttpURLConnection opened(Server server, URI link) throws IOException {
    try {
      if (SCHEMES.contains(String.valueOf(link.getScheme()))) {
        return (HttpURLConnection) link.toURL().openConnection(Proxy.NO_PROXY);
      }
    } catch (IllegalArgumentException | IOException notForHttp) {
      // its message may have the whole link
    }
    throw server.unsuitable("cannot be asked by this link");
  }

  /** All of the layer may come without being asked for by its range. */
  private static void requireRange(
      Server server, HttpURLConnection connection, int status, long offset, long size)
      throws IOException {
    switch (status) {
      case NO_HTTP -> throw server.unsuitable("does not speak HTTP");
      case HttpURLConnection.HTTP_PARTIAL -> {
        String told = header(connection, "Content-Range").orElse("");
        String asked = "bytes %d-%d/".formatted(offset, size - 1);
        if (!told.equals(asked + size) && !told.equals(asked + "*")) {
          throw server.unsuitable(
              "answers another range than bytes %d-%d of %d", offset, size - 1, size);
        }
      }
      case HttpURLConnection.HTTP_OK -> {
        if (offset > 0) {
          throw server.unsuitable("sends all bytes where those from %d on were asked for", offset);
        }
      }
      default -> throw server.unsuitable("answers %d", status);
    }
    long length = connection.getContentLengthLong();
    if (length >= 0 && length != size - offset) {
      throw server.unsuitable("announces %d bytes instead of %d", length, size - offset);
    }
    if (header(connection, "Content-Encoding").filter(it -> !it.equals("identity")).isPresent()) {
      throw server.unsuitable("sends the bytes in another encoding");
    }
  }

  private static Optional<String> header(HttpURLConnection connection, String name) {
    return Optional.ofNullable(connection.getHeaderField(name));
  }

  /** It answers, but not what was asked for. */
  private static final class Unsuitable extends IOException {
    Unsuitable(String message) {
      super(message);
    }
  }

  /** Names a server in messages, without the secrets of the link. */
  private record Server(URI link) {

    Unsuitable unsuitable(String how, Object... details) {
      return new Unsuitable(this + " " + how.formatted(details));
    }

    IOException forbidden() {
      return failure(new ForbiddenAddressException());
    }

    /** Without its cause, whose message may have the link. */
    IOException failure(IOException e) {
      String what =
          switch (e) {
            case ForbiddenAddressException _ -> "is not asked, as it has no public address";
            case SocketTimeoutException _ -> "does not answer in time";
            case UnknownHostException _ -> "is not known by its name";
            case ConnectException _, NoRouteToHostException _ -> "cannot be connected to";
            case SSLException tls -> "cannot be trusted: " + tls.getMessage();
            default -> "breaks the connection off (" + e.getClass().getSimpleName() + ")";
          };
      return new IOException(this + " " + what);
    }

    @Override
    public String toString() {
      String port = link.getPort() < 0 ? "" : ":" + link.getPort();
      return link.getScheme() + "://" + link.getHost() + port;
    }
  }

  /** The bytes of an answer; the connection is used again where all of them were read. */
  private static final class Download extends FilterInputStream {

    private final Server server;
    private final HttpURLConnection connection;
    private final Watch watch;
    private final Duration idle;
    private boolean over;

    Download(Server server, HttpURLConnection connection, Watch watch, Duration idle)
        throws IOException {
      super(connection.getInputStream());
      this.server = server;
      this.connection = connection;
      this.watch = watch;
      this.idle = idle;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      try {
        int read = watch.within(idle, () -> super.read(target, offset, length));
        over |= read < 0;
        return read;
      } catch (IOException e) {
        throw server.failure(e);
      }
    }

    @Override
    public void close() throws IOException {
      watch.close();
      if (over) {
        super.close();
      } else {
        connection.disconnect();
      }
    }
  }
}
