package dev.berth.local.host;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Accepts connections until their socket is closed. Where that fails again and again, as there are
 * no file descriptors left, it waits between its tries, and says so once.
 */
final class Accepting {

  private static final System.Logger LOG = System.getLogger(Accepting.class.getName());

  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final Source source;
  private final Consumer<SocketChannel> connections;
  private final Pause pause;
  private boolean failing;

  /** Where connections come from. */
  @FunctionalInterface
  interface Source {

    /**
     * @throws ClosedChannelException if none will come any more
     */
    SocketChannel accept() throws IOException;
  }

  /** How time passes. */
  @FunctionalInterface
  interface Pause {
    void pause(Duration length) throws InterruptedException;
  }

  Accepting(Source source, Consumer<SocketChannel> connections, Pause pause) {
    this.source = source;
    this.connections = connections;
    this.pause = pause;
  }

  void run() {
    try {
      while (true) {
        acceptOne();
      }
    } catch (ClosedChannelException | InterruptedException e) {
      // the host ends
    }
  }

  private void acceptOne() throws ClosedChannelException, InterruptedException {
    try {
      connections.accept(source.accept());
      failing = false;
    } catch (ClosedChannelException e) {
      throw e;
    } catch (IOException e) {
      if (!failing) {
        LOG.log(System.Logger.Level.ERROR, "no command can reach this host for now", e);
      }
      failing = true;
      pause.pause(PAUSE);
    }
  }
}
