package dev.berth.local.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.oci.Digest;
import dev.berth.core.oci.RepositoryName;
import dev.berth.core.oci.Tag;
import dev.berth.events.EcrEvent;
import dev.berth.events.ImageAction;
import dev.berth.local.sqlite.SqliteTable;
import dev.berth.registry.outbox.Change.Pushed;
import dev.berth.registry.outbox.Drainer;
import dev.berth.registry.outbox.EventBus;
import dev.berth.registry.outbox.OutboxRecord;
import dev.berth.registry.store.Table;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIGKILL between a commit and the publishing of its event, and right behind the publishing. */
class KilledOutboxTest {

  private static final String BEFORE = "before";
  private static final String BEHIND = "behind";

  @TempDir Path directory;

  @Test
  void anEventThatWasCommittedAndNotPublishedIsPublishedByTheNextHost() throws Exception {
    runAndKill(BEFORE, 20);
    assertThat(drain()).extracting(KilledOutboxTest::tag).containsExactlyElementsOf(tags(20));
    assertThat(drain()).isEmpty();
  }

  @Test
  void anEventThatWasPublishedAndNotRemovedIsPublishedAgainWithItsId() throws Exception {
    List<String> ids = runAndKill(BEHIND, 20);
    assertThat(drain()).extracting(event -> event.envelope().id()).containsAll(ids).hasSize(20);
  }

  private static List<String> tags(int count) {
    return IntStream.range(0, count).mapToObj(i -> "v" + i).toList();
  }

  private static String tag(EcrEvent event) {
    return ((ImageAction) event).imageTag().orElseThrow();
  }

  private List<EcrEvent> drain() {
    List<EcrEvent> events = new ArrayList<>();
    try (SqliteTable table = SqliteTable.open(directory.resolve("table.db"))) {
      EventBus bus =
          batch -> {
            events.addAll(batch);
            return Map.of();
          };
      new Drainer(table, bus, "us-east-1", "aws.ecr", Clock.systemUTC()).run();
    }
    return events;
  }

  /** Kills a host whose bus hangs, and returns the ids of the events that it had taken. */
  private List<String> runAndKill(String moment, int count) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-Dorg.sqlite.tmpdir=" + directory,
                "-cp",
                System.getProperty("java.class.path"),
                Committing.class.getName(),
                directory.resolve("table.db").toString(),
                moment,
                "" + count)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader output = process.inputReader()) {
      List<String> ids = new ArrayList<>();
      for (String line = output.readLine(); !"hanging".equals(line); line = output.readLine()) {
        ids.add(Optional.ofNullable(line).orElseThrow());
      }
      process.toHandle().destroyForcibly();
      return ids;
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  /** Commits changes, as a host that is woken by them, with a bus that never comes back. */
  static final class Committing {

    public static void main(String[] args) throws InterruptedException {
      SqliteTable file = SqliteTable.open(Path.of(args[0]));
      int count = Integer.parseInt(args[2]);
      var committed = new CountDownLatch(count);
      EventBus bus = events -> hang(events, args[1].equals(BEHIND), committed);
      var drainer = new Drainer(file, bus, "us-east-1", "aws.ecr", Clock.systemUTC());
      var grown = new News();
      new Draining("us-east-1", drainer, grown).start();
      Table table = new ObservedTable(file, grown, new News(), Clock.systemUTC());
      for (int i = 0; i < count; i++) {
        commit(table, "v" + i);
        committed.countDown();
      }
      // a host runs until it is killed, and its other threads are daemons
      Thread.currentThread().join();
    }

    private static void commit(Table table, String tag) {
      var change = new Pushed(Digest.sha256(new byte[] {1}), Optional.of(new Tag(tag)));
      var name = new RepositoryName("app");
      table.transact(
          new OutboxRecord("123456789012", name, change, Clock.systemUTC().instant()).toldOf("id"));
    }

    private static Map<Integer, String> hang(
        List<EcrEvent> events, boolean taken, CountDownLatch committed) {
      try {
        committed.await();
        if (taken) {
          events.forEach(event -> System.out.println(event.envelope().id()));
        }
        System.out.println("hanging");
        Thread.sleep(Long.MAX_VALUE);
        return Map.of();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
