package dev.berth.local.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.store.Action;
import dev.berth.registry.store.Condition;
import dev.berth.registry.store.Item;
import dev.berth.registry.store.Key;
import dev.berth.registry.store.Table.Consistency;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that is killed while it writes loses nothing that it acknowledged. */
class KilledProcessTest {

  private static final String NUMBERS = "numbers";
  private static final String COPIES = "copies";
  private static final Key COUNT = new Key("count", "-");

  @TempDir Path directory;

  @Test
  void whatWasAcknowledgedIsThereAndEachTransactionIsWhole() throws Exception {
    Path file = directory.resolve("table.db");
    List<String> acknowledged = new ArrayList<>();

    for (int round = 1; round <= 3; round++) {
      acknowledged.addAll(writeUntilKilled(file, round, 40 * round));

      try (SqliteTable table = SqliteTable.open(file)) {
        List<String> numbers = sorts(table, NUMBERS);
        assertThat(numbers).containsAll(acknowledged).isEqualTo(sorts(table, COPIES));
        assertThat(table.get(COUNT, Consistency.STRONG).orElseThrow().number("n"))
            .isEqualTo(numbers.size());
      }
    }
  }

  /** Kills the writer after it has acknowledged so many, and returns all that it did. */
  private List<String> writeUntilKilled(Path file, int round, int count) throws Exception {
    Process writer =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-Dorg.sqlite.tmpdir=" + directory,
                "-cp",
                System.getProperty("java.class.path"),
                WriterProcess.class.getName(),
                file.toString(),
                Integer.toString(round))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader output = writer.inputReader()) {
      List<String> lines = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        lines.add(Optional.ofNullable(output.readLine()).orElseThrow());
      }
      // SIGKILL; the process's own method would close its output, of which the rest counts too
      writer.toHandle().destroyForcibly();
      output.lines().forEach(lines::add);
      return lines.stream().filter(line -> line.endsWith(";")).toList();
    } finally {
      writer.destroyForcibly().waitFor();
    }
  }

  private static List<String> sorts(SqliteTable table, String partition) {
    return table
        .query(partition, "", Optional.empty(), Integer.MAX_VALUE, Consistency.STRONG)
        .entries()
        .stream()
        .map(item -> item.key().sort())
        .toList();
  }

  /** Commits transactions from several threads and prints the number of each that is committed. */
  static final class WriterProcess {

    public static void main(String[] args) throws IOException {
      SqliteTable table = SqliteTable.open(Path.of(args[0]));
      for (int thread = 0; thread < 4; thread++) {
        String prefix = args[1] + "." + thread + ".";
        Thread.ofPlatform().start(() -> write(table, prefix));
      }
    }

    private static void write(SqliteTable table, String prefix) {
      for (int i = 0; ; i++) {
        // ends in a mark, by which a line that was cut off is told
        String number = prefix + i + ";";
        table.transact(
            Action.put(Item.at(new Key(NUMBERS, number)).build(), Condition.absent()),
            Action.update(COUNT).add("n", 1).when(Condition.always()),
            Action.put(Item.at(new Key(COPIES, number)).build(), Condition.absent()));
        System.out.println(number);
      }
    }
  }
}
