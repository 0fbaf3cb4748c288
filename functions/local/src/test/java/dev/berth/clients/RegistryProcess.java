package dev.berth.clients;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;

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

  /** The first of so many loopback ports in a row that were free a moment ago. */
  static int freePorts(int count) {
    int first = freePort();
    while (!IntStream.range(first + 1, first + count).allMatch(RegistryProcess::isFree)) {
      first = freePort();
    }
    return first;
  }

  private static boolean isFree(int port) {
    try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException | IllegalArgumentException e) {
      return false;
    }
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
