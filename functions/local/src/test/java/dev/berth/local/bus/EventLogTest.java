package dev.berth.local.bus;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventLogTest {

  private static final long SMALL = 100;

  @TempDir Path data;
  private Path directory;
  private EventLog log;
  private EventTail tail;

  @BeforeEach
  void open() {
    directory = data.resolve("events");
    log = new EventLog(directory, SMALL);
    tail = new EventTail(directory);
  }

  @AfterEach
  void close() {
    log.close();
  }

  @Test
  void aTailBeginsWithTheLastAndGoesOnWithTheNext() {
    log.append(List.of("1", "2", "3"));
    assertThat(last(2)).containsExactly("2", "3");
    assertThat(tail.next()).isEmpty();
    log.append(List.of("4"));
    assertThat(tail.next()).containsExactly("4");
  }

  @Test
  void aTailMayBeginBeforeThereIsAnything() {
    assertThat(last(10)).isEmpty();
    assertThat(tail.next()).isEmpty();
    log.append(List.of("1"));
    assertThat(tail.next()).containsExactly("1");
  }

  @Test
  void theLastAreThoseThatAreWanted() {
    log.append(List.of("a1", "b1", "a2", "b2"));
    assertThat(tail.last(1, line -> line.startsWith("a"))).containsExactly("a2");
  }

  @Test
  void aTailFollowsFromFileToFile() {
    List<String> written = new ArrayList<>();
    List<String> read = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      String line = "event number " + i;
      written.add(line);
      log.append(List.of(line));
      read.addAll(tail.next());
    }
    assertThat(read).isEqualTo(written);
  }

  @Test
  void theOldestFilesGo() throws IOException {
    for (int i = 0; i < 500; i++) {
      log.append(List.of("event number " + i));
    }
    assertThat(EventLog.files(directory)).hasSize(EventLog.MOST_FILES);
    assertThat(last(1000)).last().isEqualTo("event number 499");
  }

  @Test
  void aTailWhoseFileIsGoneGoesOnWithTheOldest() {
    log.append(List.of("first"));
    assertThat(tail.next()).containsExactly("first");
    for (int i = 0; i < 500; i++) {
      log.append(List.of("event number " + i));
    }
    assertThat(tail.next()).isNotEmpty();
    assertThat(last(1)).containsExactly("event number 499");
  }

  @Test
  void aLineThatACrashCutOffIsNoEvent() throws IOException {
    log.append(List.of("whole"));
    Path file = EventLog.files(directory).lastEntry().getValue();
    Files.writeString(file, "{\"cut", StandardOpenOption.APPEND);
    assertThat(last(10)).containsExactly("whole");

    try (var next = new EventLog(directory, SMALL)) {
      next.append(List.of("of the next start"));
      assertThat(tail.next()).containsExactly("of the next start");
    }
  }

  private List<String> last(int count) {
    return tail.last(count, any -> true);
  }
}
