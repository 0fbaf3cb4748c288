package dev.berth.lambda.feed;

import dev.berth.core.scan.feed.BoundedStream;
import dev.berth.core.scan.feed.FeedLimits;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * GETs over HTTP. By the JDK's older client, as the newer one has no bound for how long the next
 * bytes of a body may take.
 */
final class FeedServer {

  private static final int REDIRECTS = 5;
  private static final Set<Integer> REDIRECTING = Set.of(301, 302, 303, 307, 308);
  private static final Set<Integer> ABSENT = Set.of(404, 410);
  private static final int LONGEST_VERSION = 512;
  private static final String ETAG = "etag ";
  private static final String MODIFIED = "modified ";

  private final Timeouts timeouts;

  /**
   * For how long a server is waited for.
   *
   * @param idle for its answer, and for the next bytes
   * @param whole for all of a body
   */
  record Timeouts(Duration connect, Duration idle, Duration whole) {
    static Timeouts defaults() {
      return new Timeouts(Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofMinutes(30));
    }
  }

  FeedServer(Timeouts timeouts) {
    this.timeouts = timeouts;
  }

  /** What a server answers. */
  sealed interface Answer {}

  /** There is no such file. */
  record Absent() implements Answer {}

  /** The file is in the version that was told. */
  record Unchanged() implements Answer {}

  /**
   * The file's bytes.
   *
   * @param version as {@link #get} takes it; empty where the server tells none
   */
  record Bytes(InputStream in, String version) implements Answer {}

  /**
   * Asks for a file.
   *
   * @param known a version that need not come again, of this server or another one
   */
  Answer get(URI asked, Optional<String> known) throws IOException {
    URI at = asked;
    for (int redirects = 0; redirects <= REDIRECTS; redirects++) {
      HttpURLConnection connection = connection(at);
      boolean good = false;
      try {
        Optional<String> condition = condition(at, connection, known);
        int status = status(at, connection);
        if (!REDIRECTING.contains(status)) {
          Answer answer = answer(at, connection, status, condition.isPresent());
          good = answer instanceof Bytes;
          return answer;
        }
        at = redirected(at, connection);
      } finally {
        if (!good) {
          connection.disconnect();
        }
      }
    }
    throw new IOException("%s leads to more than %d others".formatted(shown(asked), REDIRECTS));
  }

  /**
   * A small file whole.
   *
   * @param most bytes
   * @throws IOException if it is not there, too
   */
  byte[] whole(URI at, int most) throws IOException {
    if (!(get(at, Optional.empty()) instanceof Bytes bytes)) {
      throw new IOException(shown(at) + " is not there");
    }
    try (InputStream in = bytes.in()) {
      return new BoundedStream(in, most, shown(at)).readAllBytes();
    }
  }

  private HttpURLConnection connection(URI at) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) FeedUri.require(at).toURL().openConnection();
    connection.setInstanceFollowRedirects(false);
    connection.setUseCaches(false);
    connection.setConnectTimeout((int) timeouts.connect().toMillis());
    connection.setReadTimeout((int) timeouts.idle().toMillis());
    connection.setRequestProperty("Accept", "*/*");
    connection.setRequestProperty("Accept-Encoding", "identity");
    connection.setRequestProperty("User-Agent", "berth");
    return connection;
  }

  /** The condition that is asked with; none where the version is another server's. */
  private static Optional<String> condition(
      URI at, HttpURLConnection connection, Optional<String> known) {
    String ours = FeedUri.server(at) + " ";
    Optional<String> version =
        known.filter(it -> it.startsWith(ours)).map(it -> it.substring(ours.length()));
    version
        .filter(it -> it.startsWith(ETAG))
        .ifPresent(
            it -> connection.setRequestProperty("If-None-Match", it.substring(ETAG.length())));
    version
        .filter(it -> it.startsWith(MODIFIED))
        .ifPresent(
            it ->
                connection.setRequestProperty(
                    "If-Modified-Since", it.substring(MODIFIED.length())));
    return version;
  }

  private static int status(URI at, HttpURLConnection connection) throws IOException {
    try {
      return connection.getResponseCode();
    } catch (SocketTimeoutException e) {
      throw new IOException(shown(at) + " does not answer in time", e);
    } catch (IOException e) {
      throw new IOException(
          "%s cannot be asked: %s: %s"
              .formatted(shown(at), e.getClass().getSimpleName(), e.getMessage()),
          e);
    }
  }

  private Answer answer(URI at, HttpURLConnection connection, int status, boolean conditional)
      throws IOException {
    if (status == HttpURLConnection.HTTP_NOT_MODIFIED && conditional) {
      return new Unchanged();
    }
    if (ABSENT.contains(status)) {
      return new Absent();
    }
    if (status != HttpURLConnection.HTTP_OK) {
      throw new IOException("%s answers %d".formatted(shown(at), status));
    }
    if (header(connection, "Content-Encoding").filter(it -> !it.equals("identity")).isPresent()) {
      throw new IOException(shown(at) + " sends the file in another encoding");
    }
    var body = new FeedBody(connection.getInputStream(), timeouts.whole(), shown(at), connection);
    return new Bytes(
        new ClosingBound(body, FeedLimits.DOWNLOAD, shown(at)), version(at, connection));
  }

  private static String version(URI at, HttpURLConnection connection) {
    Optional<String> version =
        header(connection, "ETag")
            .map(ETAG::concat)
            .or(() -> header(connection, "Last-Modified").map(MODIFIED::concat));
    return version
        .filter(it -> it.length() <= LONGEST_VERSION)
        .map(it -> FeedUri.server(at) + " " + it)
        .orElse("");
  }

  private static URI redirected(URI at, HttpURLConnection connection) throws IOException {
    String location =
        header(connection, "Location")
            .orElseThrow(() -> new IOException(shown(at) + " leads to nowhere"));
    return FeedUri.led(at, location);
  }

  private static Optional<String> header(HttpURLConnection connection, String name) {
    return Optional.ofNullable(connection.getHeaderField(name));
  }

  private static String shown(URI at) {
    return FeedUri.shown(at);
  }

  /** Bounded, and closed all the same. */
  private static final class ClosingBound extends FilterInputStream {
    private final InputStream body;

    ClosingBound(InputStream body, long most, String place) {
      super(new BoundedStream(body, most, place));
      this.body = body;
    }

    @Override
    public void close() throws IOException {
      body.close();
    }
  }
}
