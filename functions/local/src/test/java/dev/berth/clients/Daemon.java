package dev.berth.clients;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.fail;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** A process that serves until it is ended, with every process that it started. */
final class Daemon implements AutoCloseable {

  private static final Duration TO_START = Duration.ofMinutes(1);
  private static final Duration TO_END = Duration.ofSeconds(30);

  private final String name;
  private final Process process;
  private final Path log;
  private final long logStart;

  private Daemon(String name, Process process, Path log, long logStart) {
    this.name = name;
    this.process = process;
    this.log = log;
    this.logStart = logStart;
  }

  /** Both its outputs are appended to the log. */
  static Daemon start(Path log, Map<String, String> environment, List<String> words) {
    try {
      var builder = new ProcessBuilder(words).redirectErrorStream(true);
      builder.environment().putAll(environment);
      builder.redirectInput(new File("/dev/null"));
      builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
      return new Daemon(words.getFirst(), builder.start(), log, log.toFile().length());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns when it serves; fails with its log if it ends before that, or never serves. */
  Daemon awaitServing(BooleanSupplier serving) {
    var deadline = Instant.now().plus(TO_START);
    while (!serving.getAsBoolean()) {
      if (endsWithin(Duration.ofMillis(20))) {
        fail(name + " ended with status " + process.exitValue() + ":\n" + log());
      }
      if (Instant.now().isAfter(deadline)) {
        close();
        fail(name + " did not serve within " + TO_START + ":\n" + log());
      }
    }
    return this;
  }

  long pid() {
    return process.pid();
  }

  /** What it printed since it was started. */
  String log() {
    try (var input = Files.newInputStream(log)) {
      input.skipNBytes(logStart);
      return new String(input.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** SIGKILL to it and its children, as a crash would end them; returns when they are gone. */
  void kill() {
    family().forEach(Daemon::end);
  }

  /** SIGTERM; SIGKILL to whatever of it is left after that. */
  @Override
  public void close() {
    List<ProcessHandle> family = family();
    process.destroy();
    endsWithin(TO_END);
    family.forEach(Daemon::end);
  }

  private List<ProcessHandle> family() {
    return Stream.concat(Stream.of(process.toHandle()), process.descendants()).toList();
  }

  private boolean endsWithin(Duration time) {
    try {
      return process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for " + name, e);
    }
  }

  private static void end(ProcessHandle handle) {
    handle.destroyForcibly();
    handle.onExit().join();
  }
}
