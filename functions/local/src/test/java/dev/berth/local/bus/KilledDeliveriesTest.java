package dev.berth.local.bus;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.berth.core.trigger.BerthFunction;
import dev.berth.core.trigger.FunctionRequest;
import dev.berth.core.trigger.Triggers;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** SIGKILL while Berth's own functions are at work: the next host does what is not done. */
@Timeout(120)
class KilledDeliveriesTest {

  private static final int REQUESTS = 250;
  private static final int DONE = 100;

  @TempDir Path directory;

  @Test
  void whatAKilledHostsFunctionsHaveNotDoneTheNextHostsDo() throws Exception {
    Set<String> done = runAndKill();
    assertThat(done).hasSizeGreaterThanOrEqualTo(DONE).hasSizeLessThan(REQUESTS);

    var function = new TestFunction();
    Set<String> all = new HashSet<>(done);
    try (LocalBus bus = LocalBus.open(directory, List.of())) {
      bus.addFunctions(
          "us-east-1", "aws.ecr", Map.of(BerthFunction.LIFECYCLE_EVALUATION, function));
      bus.start();
      while (all.size() < REQUESTS) {
        all.add(function.take());
      }
    }
    assertThat(all)
        .containsExactlyInAnyOrderElementsOf(
            requests().stream().map(FunctionRequest::json).toList());
    assertThat(directory.resolve("dead-letters")).doesNotExist();
  }

  /** Kills a host in the midst, and returns the events that its function had handled. */
  private Set<String> runAndKill() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-Dorg.sqlite.tmpdir=" + directory,
                "-cp",
                System.getProperty("java.class.path"),
                Host.class.getName(),
                directory.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader output = process.inputReader()) {
      Set<String> done = new HashSet<>();
      String line = output.readLine();
      while (!"hanging".equals(line)) {
        assertThat(line).isNotNull();
        done.add(line);
        line = output.readLine();
      }
      return done;
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  private static List<FunctionRequest> requests() {
    return IntStream.range(0, REQUESTS)
        .mapToObj(
            i ->
                new FunctionRequest(
                    "r" + i,
                    Triggers.LIFECYCLE_EVALUATION,
                    "123456789012",
                    Instant.parse("2026-01-01T00:00:00Z"),
                    "us-east-1",
                    JsonNodeFactory.instance.objectNode()))
        .toList();
  }

  /** A host whose function prints each event that it has handled, and hangs after some. */
  static final class Host {

    public static void main(String[] args) throws InterruptedException {
      var handled = new AtomicInteger();
      LocalBus bus = LocalBus.open(Path.of(args[0]), List.of());
      bus.addFunctions(
          "us-east-1",
          "aws.ecr",
          Map.of(
              BerthFunction.LIFECYCLE_EVALUATION,
              (in, _, _) -> handle(new String(in.readAllBytes()), handled.incrementAndGet())));
      bus.start();
      bus.ask(requests());
      // a host runs until it is killed, and its other threads are daemons
      Thread.currentThread().join();
    }

    private static void handle(String event, int count) {
      if (count > DONE) {
        if (count == DONE + 4) {
          // so all four of the function's threads hang
          System.out.println("hanging");
        }
        hang();
      }
      System.out.println(event);
    }

    private static void hang() {
      try {
        Thread.sleep(Long.MAX_VALUE);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
