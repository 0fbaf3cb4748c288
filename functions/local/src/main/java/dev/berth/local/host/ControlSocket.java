package dev.berth.local.host;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.berth.registry.gc.Collected;
import dev.berth.registry.store.StoreException;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;

/**
 * A socket in the data directory, which is its owner's alone, by which another process of the owner
 * has the host collect garbage: the table and the objects are one process's at a time. One line
 * asks, {@code gc} or {@code gc --dry-run}; one line a region answers, with its name and {@link
 * Collected}'s numbers, or one line that begins with {@code error}.
 */
final class ControlSocket implements AutoCloseable {

  static final String COLLECT = "gc";
  static final String DRY = "gc --dry-run";
  static final String ERROR = "error ";

  private static final System.Logger LOG = System.getLogger(ControlSocket.class.getName());

  private final ServerSocketChannel server;
  private final Path path;
  private final List<LocalDeployment> deployments;

  private ControlSocket(ServerSocketChannel server, Path path, List<LocalDeployment> deployments) {
    this.server = server;
    this.path = path;
    this.deployments = deployments;
  }

  /** Where there can be no socket, as its path is too long, the host does without one. */
  static AutoCloseable open(Path path, Collection<LocalDeployment> deployments) {
    try {
      Files.deleteIfExists(path);
      var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
      server.bind(UnixDomainSocketAddress.of(path));
      var socket = new ControlSocket(server, path, List.copyOf(deployments));
      Thread.ofPlatform().daemon().name("control").start(socket::serve);
      return socket;
    } catch (IOException e) {
      LOG.log(
          System.Logger.Level.WARNING, "no control socket, so no ./berth gc: " + e.getMessage());
      return () -> {};
    }
  }

  private void serve() {
    while (server.isOpen()) {
      try (SocketChannel client = server.accept();
          var in = new BufferedReader(Channels.newReader(client, UTF_8), 64)) {
        answer(client, in.readLine());
      } catch (IOException closedOrBroken) {
        // the server, which ends this, or the client, whose loss it is
      }
    }
  }

  private void answer(SocketChannel client, String asked) throws IOException {
    if (!COLLECT.equals(asked) && !DRY.equals(asked)) {
      write(client, ERROR + "this host does not know what is asked");
      return;
    }
    for (LocalDeployment deployment : deployments) {
      try {
        Collected collected = deployment.collect(DRY.equals(asked));
        write(client, RegionCollected.line(deployment.region(), collected));
      } catch (StoreException e) {
        write(client, ERROR + deployment.region() + ": " + e.getMessage());
      }
    }
  }

  private static void write(SocketChannel client, String line) throws IOException {
    ByteBuffer bytes = UTF_8.encode(line.replace('\n', ' ') + "\n");
    while (bytes.hasRemaining()) {
      client.write(bytes);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    Files.deleteIfExists(path);
  }
}
