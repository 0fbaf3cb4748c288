package dev.berth.local.http;

import dev.berth.lambda.http.Handler;
import dev.berth.lambda.http.RegistryAddress;
import dev.berth.local.http.Settings.Limits;
import dev.berth.local.http.Settings.Listener;
import dev.berth.local.http.Settings.Tls;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A streaming server on a free loopback port; the key of a blob is its file's path. */
final class Servers implements AutoCloseable {

  static final RegistryAddress REGISTRY = new RegistryAddress("111111111111", "us-east-1");

  /** None of them is met by a client that does as it should. */
  static final Limits PATIENT = Limits.defaults();

  /** All of them are met soon by a client that does nothing. */
  static final Limits IMPATIENT = limits(1024, Duration.ofMillis(100));

  /** Read by the edge, as what is decrypted has to be, in regions that fit no buffer. */
  static final BlobSource READ =
      new BlobSource.Files(
          (path, offset, length) -> {
            long half = length / 2 + 1;
            Path file = Path.of(path);
            return new Parts(
                List.of(new Part(file, offset, half), new Part(file, offset + half, length - half)),
                NoFile::new);
          });

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
    return startSecure(tls, FILES, handler);
  }

  static Servers startSecure(Tls tls, BlobSource blobs, Handler handler) throws IOException {
    return new Servers(
        settings(Optional.of(tls), PATIENT), handler, blobs, Transport.ofThisMachine());
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
    private final UnaryOperator<SeekableByteChannel> as;

    Parts(List<Part> parts) {
      this(parts, UnaryOperator.identity());
    }

    /**
     * @param as what becomes of each file's channel
     */
    Parts(List<Part> parts, UnaryOperator<SeekableByteChannel> as) {
      this.rest = new ArrayDeque<>(parts);
      this.as = as;
    }

    @Override
    public long length() {
      return rest.stream().mapToLong(Part::count).sum();
    }

    @Override
    public Optional<BlobSource.Region> next() {
      return Optional.ofNullable(rest.poll()).map(this::open);
    }

    private BlobSource.Region open(Part part) {
      try {
        var channel = as.apply(FileChannel.open(part.file()));
        return new BlobSource.Region(channel, part.position(), part.count());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() {}
  }

  /** A channel that is none of a file, and reads a little at a time. */
  record NoFile(SeekableByteChannel channel) implements SeekableByteChannel {

    private static final int READ_AT_ONCE = 10_000;

    @Override
    public int read(ByteBuffer target) throws IOException {
      int count = Math.min(READ_AT_ONCE, target.remaining());
      int read = channel.read(target.slice(target.position(), count));
      target.position(target.position() + Math.max(read, 0));
      return read;
    }

    @Override
    public long position() throws IOException {
      return channel.position();
    }

    @Override
    public SeekableByteChannel position(long position) throws IOException {
      channel.position(position);
      return this;
    }

    @Override
    public long size() throws IOException {
      return channel.size();
    }

    @Override
    public boolean isOpen() {
      return channel.isOpen();
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }

    @Override
    public int write(ByteBuffer source) {
      throw new NonWritableChannelException();
    }

    @Override
    public SeekableByteChannel truncate(long size) {
      throw new NonWritableChannelException();
    }
  }
}
