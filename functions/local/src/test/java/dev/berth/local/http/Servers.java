package dev.berth.local.http;

import dev.berth.lambda.http.Handler;
import dev.berth.lambda.http.RegistryAddress;
import dev.berth.local.http.Settings.Limits;
import dev.berth.local.http.Settings.Listener;
import dev.berth.local.http.Settings.Tls;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;

/** A streaming server on a free loopback port; the key of a blob is its file's path. */
final class Servers implements AutoCloseable {

  static final RegistryAddress REGISTRY = new RegistryAddress("111111111111", "us-east-1");

  /** None of them is met by a client that does as it should. */
  static final Limits PATIENT = Limits.defaults();

  /** All of them are met soon by a client that does nothing. */
  static final Limits IMPATIENT = limits(1024, Duration.ofMillis(100));

  static final BlobSource FILES =
      new BlobSource.Files(
          (path, offset, length) -> new Parts(List.of(new Part(Path.of(path), offset, length))));

  private final StreamingServer server;
  private final boolean secure;
  private final int port;

  private Servers(Settings settings, Handler handler, BlobSource blobs, Transport transport)
      throws IOException {
    server = new StreamingServer(settings, handler, blobs, transport);
    secure = settings.tls().isPresent();
    port = server.bind().getFirst().getPort();
  }

  static Servers start(Handler handler) throws IOException {
    return start(PATIENT, handler);
  }

  static Servers start(Limits limits, Handler handler) throws IOException {
    return new Servers(
        settings(Optional.empty(), limits), handler, FILES, Transport.ofThisMachine());
  }

  static Servers start(BlobSource blobs, Handler handler) throws IOException {
    return new Servers(
        settings(Optional.empty(), PATIENT), handler, blobs, Transport.ofThisMachine());
  }

  static Servers startNio(Handler handler) throws IOException {
    return new Servers(settings(Optional.empty(), PATIENT), handler, FILES, Transport.nio());
  }

  static Servers startSecure(Tls tls, Handler handler) throws IOException {
    return new Servers(
        settings(Optional.of(tls), PATIENT), handler, FILES, Transport.ofThisMachine());
  }

  private static Settings settings(Optional<Tls> tls, Limits limits) {
    return new Settings(List.of(new Listener("127.0.0.1", 0, REGISTRY)), tls, limits);
  }

  static Limits limits(int connections, Duration each) {
    return new Limits(connections, each, each, each, each, each, each);
  }

  int port() {
    return port;
  }

  URI uri(String path) {
    return URI.create((secure ? "https" : "http") + "://localhost:" + port + path);
  }

  RawClient connect() throws IOException {
    return new RawClient(port);
  }

  /** Open ones. */
  int connections() {
    return server.connections();
  }

  @Override
  public void close() {
    server.close();
  }

  record Part(Path file, long position, long count) {}

  /** A blob that is parts of files, one after the other. */
  static final class Parts implements BlobSource.Reading {

    private final ArrayDeque<Part> rest;

    Parts(List<Part> parts) {
      rest = new ArrayDeque<>(parts);
    }

    @Override
    public long length() {
      return rest.stream().mapToLong(Part::count).sum();
    }

    @Override
    public Optional<BlobSource.Region> next() {
      return Optional.ofNullable(rest.poll()).map(Parts::open);
    }

    private static BlobSource.Region open(Part part) {
      try {
        return new BlobSource.Region(FileChannel.open(part.file()), part.position(), part.count());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() {}
  }
}
