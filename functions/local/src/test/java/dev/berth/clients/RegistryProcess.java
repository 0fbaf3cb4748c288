package dev.berth.clients;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** A registry's process, which can be started over at the same port. */
final class RegistryProcess implements AutoCloseable {

  private final Path log;
  private final Map<String, String> environment;
  private final List<String> words;
  private final Predicate<Daemon> serving;
  private Daemon daemon;

  /** Starts it and returns when it serves. */
  RegistryProcess(
      Path log, Map<String, String> environment, List<String> words, Predicate<Daemon> serving) {
    this.log = log;
    this.environment = environment;
    this.words = words;
    this.serving = serving;
    start();
  }

  void start() {
    var started = Daemon.start(log, environment, words);
    daemon = started.awaitServing(() -> serving.test(started));
  }

  void kill() {
    daemon.kill();
  }

  @Override
  public void close() {
    daemon.close();
  }

  /** A loopback port that was free a moment ago. */
  static int freePort() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
