package dev.berth.clients;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A client's program with its arguments, run to its end within a bounded time. What was typed and
 * printed goes to standard output, so that a run leaves a transcript.
 *
 * @param environment set on top of this process's own
 * @param input what the program reads from its standard input
 * @param secret is printed as asterisks; empty for none
 * @param quiet leaves the standard output out, for a program that prints secrets
 */
record Command(
    List<String> words,
    Map<String, String> environment,
    Path directory,
    String input,
    String secret,
    boolean quiet,
    Duration limit) {

  private static final Executor READERS = Thread::startVirtualThread;

  Command {
    words = List.copyOf(words);
    environment = Map.copyOf(environment);
  }

  /** A program in a directory of its own, which holds all that it writes for its user. */
  static Command in(Path home, Object... words) {
    return new Command(
        Stream.of(words).map(Object::toString).toList(),
        Home.environment(home),
        home,
        "",
        "",
        false,
        Duration.ofMinutes(3));
  }

  Command reading(String standardInput) {
    return new Command(words, environment, directory, standardInput, secret, quiet, limit);
  }

  Command hiding(String word) {
    return new Command(words, environment, directory, input, word, quiet, limit);
  }

  Command quietly() {
    return new Command(words, environment, directory, input, secret, true, limit);
  }

  Command with(Map<String, String> more) {
    var all = new TreeMap<>(environment);
    all.putAll(more);
    return new Command(words, all, directory, input, secret, quiet, limit);
  }

  /** What the program wrote to its standard output; a failure of the test if it fails. */
  String run() {
    Result result = attempt();
    if (result.status() != 0) {
      fail(result.transcript());
    }
    return result.output();
  }

  /** For a program that may fail. */
  Result attempt() {
    try {
      var builder = new ProcessBuilder(words).directory(directory.toFile());
      builder.environment().putAll(environment);
      Process process = builder.start();
      try {
        return resultOf(process);
      } finally {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while running " + words.getFirst(), e);
    }
  }

  private Result resultOf(Process process) throws IOException, InterruptedException {
    var output = text(process.getInputStream());
    var errors = text(process.getErrorStream());
    try (var standardInput = process.getOutputStream()) {
      standardInput.write(input.getBytes(UTF_8));
    } catch (IOException e) {
      // the program ended without reading it; its exit status says more
      System.out.println(words.getFirst() + " did not read its input: " + e.getMessage());
    }
    if (!process.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly().waitFor();
      fail(
          "still running after " + limit + ": " + transcript(join(output), join(errors), "killed"));
    }
    String exit = "exit " + process.exitValue();
    var result =
        new Result(process.exitValue(), join(output), transcript(join(output), join(errors), exit));
    System.out.println(result.transcript());
    return result;
  }

  private String transcript(String output, String errors, String end) {
    String shown = quiet ? "" : output;
    String text = "$ " + String.join(" ", words) + "\n" + shown + errors + "(" + end + ")\n";
    return secret.isEmpty() ? text : text.replace(secret, "*****");
  }

  private static CompletableFuture<String> text(InputStream stream) {
    return CompletableFuture.supplyAsync(
        () -> {
          try (stream) {
            return new String(stream.readAllBytes(), UTF_8);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        },
        READERS);
  }

  private static String join(CompletableFuture<String> text) throws InterruptedException {
    try {
      return text.get();
    } catch (ExecutionException e) {
      return "(unreadable: " + e.getCause().getMessage() + ")";
    }
  }

  /**
   * How a program ended.
   *
   * @param transcript the command, both its outputs and its exit status
   */
  record Result(int status, String output, String transcript) {}
}
