package dev.berth.local.host;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.berth.registry.store.StoreException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A socket in the data directory, which is its owner's alone, by which another process of the owner
 * has the host do things: the table and the objects are one process's at a time. One line of words
 * asks: a command and its arguments. Lines answer as they come about, the last of which begins with
 * {@code error} where it failed, or is {@code done}.
 */
final class ControlSocket implements AutoCloseable {

  static final String ERROR = "error ";
  static final String DONE = "done";

  private static final System.Logger LOG = System.getLogger(ControlSocket.class.getName());

  private final ServerSocketChannel server;
  private final Path path;
  private final Map<String, ControlCommand> commands;

  private ControlSocket(
      ServerSocketChannel server, Path path, Map<String, ControlCommand> commands) {
    this.server = server;
    this.path = path;
    this.commands = commands;
  }

  /** Where there can be no socket, as its path is too long, the host does without one. */
  static AutoCloseable open(Path path, Map<String, ControlCommand> commands) {
    try {
      Files.deleteIfExists(path);
      var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
      server.bind(UnixDomainSocketAddress.of(path));
      var socket = new ControlSocket(server, path, Map.copyOf(commands));
      var accepting = new Accepting(server::accept, socket::begin, Thread::sleep);
      Thread.ofPlatform().daemon().name("control").start(accepting::run);
      return socket;
    } catch (IOException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "no control socket, so no command can reach this host: " + e.getMessage());
      return () -> {};
    }
  }

  private void begin(SocketChannel client) {
    Thread.ofPlatform().daemon().name("command").start(() -> answer(client));
  }

  private void answer(SocketChannel socket) {
    try (SocketChannel client = socket;
        var in = new BufferedReader(Channels.newReader(client, UTF_8), 64)) {
      String asked = in.readLine();
      if (asked != null) {
        write(client, outcome(client, List.of(asked.split(" "))));
      }
    } catch (IOException | UncheckedIOException broken) {
      // the client, whose loss it is
    }
  }

  /** Runs what is asked, and says how it ended. */
  private String outcome(SocketChannel client, List<String> words) {
    ControlCommand command = commands.get(words.getFirst());
    if (command == null) {
      return ERROR + "this host does not know what is asked";
    }
    try {
      command.run(words.subList(1, words.size()), line -> write(client, line));
      return DONE;
    } catch (SetupException | StoreException e) {
      return ERROR + e.getMessage();
    } catch (UncheckedIOException clientIsGone) {
      throw clientIsGone;
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, words.getFirst() + " failed", e);
      return ERROR + words.getFirst() + " failed, the host's log says why";
    }
  }

  private static void write(SocketChannel client, String line) {
    ByteBuffer bytes = UTF_8.encode(line.replace('\n', ' ') + "\n");
    try {
      while (bytes.hasRemaining()) {
        client.write(bytes);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    Files.deleteIfExists(path);
  }
}
