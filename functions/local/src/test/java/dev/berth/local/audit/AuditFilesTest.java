package dev.berth.local.audit;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditFilesTest {

  @TempDir Path data;
  private Instant now = Instant.parse("2026-01-31T23:59:00Z");

  private Path directory() {
    return data.resolve("audit");
  }

  private AuditFiles open(int days) throws IOException {
    return AuditFiles.open(directory(), days, new Ticking());
  }

  private static byte[] line(String name, String time) {
    return "{\"eventName\":\"%s\",\"eventTime\":\"%s\"}\n".formatted(name, time).getBytes(US_ASCII);
  }

  private static byte[] line(String name) {
    return line(name, "2026-01-31T12:00:00Z");
  }

  private List<String> files() throws IOException {
    return AuditFiles.names(directory()).stream()
        .map(name -> name.in(directory()).getFileName().toString())
        .toList();
  }

  private List<String> names(Optional<Instant> since) throws IOException {
    var names = new java.util.ArrayList<String>();
    new AuditReader(directory())
        .find(
            new AuditQuery(Optional.empty(), Optional.empty(), since, Optional.empty()),
            (line, event) -> names.add(event.path("eventName").asText()));
    return names;
  }

  private List<String> names() throws IOException {
    return names(Optional.empty());
  }

  @Test
  void eachDayHasAFileOfItsOwnThatTheOwnerAloneReads() throws IOException {
    try (AuditFiles files = open(0)) {
      files.write(line("One"));
      now = Instant.parse("2026-02-01T00:00:00Z");
      files.write(line("Two"));
      // a clock that is set back does not bring a day back
      now = Instant.parse("2026-01-31T23:59:59Z");
      files.write(line("Three"));
    }

    assertThat(files()).containsExactly("2026-01-31.0001.jsonl", "2026-02-01.0001.jsonl");
    assertThat(names()).containsExactly("One", "Two", "Three");
    assertThat(Files.getPosixFilePermissions(directory()))
        .isEqualTo(PosixFilePermissions.fromString("rwx------"));
    assertThat(Files.getPosixFilePermissions(directory().resolve("2026-01-31.0001.jsonl")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }

  @Test
  void aFileThatIsFullIsFollowedByAnother() throws IOException {
    open(0).close();
    try (var file =
        new RandomAccessFile(directory().resolve("2026-01-31.0001.jsonl").toFile(), "rw")) {
      file.setLength(AuditFiles.LARGEST - 10);
      file.seek(AuditFiles.LARGEST - 11);
      file.write('\n');
    }
    try (AuditFiles files = open(0)) {
      files.write(line("One"));
    }

    assertThat(files()).containsExactly("2026-01-31.0001.jsonl", "2026-01-31.0002.jsonl");
    assertThat(Files.size(directory().resolve("2026-01-31.0001.jsonl")))
        .isEqualTo(AuditFiles.LARGEST - 10);
    assertThat(Files.readString(directory().resolve("2026-01-31.0002.jsonl"))).contains("One");
  }

  @Test
  void filesOfDaysThatAreOverAreRemoved() throws IOException {
    open(0).close();
    now = Instant.parse("2026-03-02T00:00:00Z");
    open(30).close();
    assertThat(files()).containsExactly("2026-01-31.0001.jsonl", "2026-03-02.0001.jsonl");

    now = Instant.parse("2026-03-03T00:00:00Z");
    Files.createFile(directory().resolve("2020-01-01.notes"));
    open(30).close();

    assertThat(files()).containsExactly("2026-03-02.0001.jsonl", "2026-03-03.0001.jsonl");
    assertThat(directory().resolve("2020-01-01.notes")).exists();
    now = Instant.parse("2036-03-03T00:00:00Z");
    open(0).close();
    assertThat(files()).hasSize(3);
  }

  @Test
  void aLineThatWasBrokenOffIsEndedAndSkipped() throws IOException {
    Files.createDirectories(directory());
    Files.write(directory().resolve("2026-01-31.0001.jsonl"), line("One"));
    Files.writeString(
        directory().resolve("2026-01-31.0001.jsonl"),
        "{\"eventName\":\"Torn\",\"event",
        java.nio.file.StandardOpenOption.APPEND);

    assertThat(names()).containsExactly("One");
    try (AuditFiles files = open(0)) {
      files.write(line("Two"));
    }
    assertThat(names()).containsExactly("One", "Two");
  }

  @Test
  void whatADiskThatIsFullBreaksOffIsEndedAfterwards() throws IOException {
    var disk = new Disk();
    var files = new AuditFiles(directory(), 0, new Ticking(), disk::open);
    files.write(line("One"));
    disk.full = true;
    assertThatThrownBy(() -> files.write(line("Two"))).hasMessage("No space left on device");
    assertThatThrownBy(() -> files.write(line("Three"))).hasMessage("No space left on device");
    disk.full = false;
    files.write(line("Four"));
    files.close();

    assertThat(names()).containsExactly("One", "Four");
    assertThat(Files.readString(directory().resolve("2026-01-31.0001.jsonl")))
        .startsWith(new String(line("One"), US_ASCII))
        .endsWith("\n" + new String(line("Four"), US_ASCII));
  }

  @Test
  void aDiskThatStaysFullLeavesNoFileOpen() throws IOException {
    var disk = new Disk();
    var files = new AuditFiles(directory(), 0, new Ticking(), disk::open);
    files.write(line("One"));
    disk.full = true;
    for (int i = 0; i < 5; i++) {
      assertThatThrownBy(() -> files.write(line("Two"))).hasMessage("No space left on device");
    }

    assertThat(disk.open).isZero();
  }

  @Test
  void aDirectoryThatIsRemovedIsMadeAgain() throws IOException {
    try (AuditFiles files = open(0)) {
      files.write(line("One"));
      Files.delete(directory().resolve("2026-01-31.0001.jsonl"));
      Files.delete(directory());
      now = Instant.parse("2026-02-01T00:00:00Z");
      files.write(line("Two"));
    }
    assertThat(names()).containsExactly("Two");
  }

  @Test
  void filesOfDaysBeforeAreNotRead() throws IOException {
    Files.createDirectories(directory());
    // if it were read, this would be found
    Files.write(
        directory().resolve("2026-01-01.0001.jsonl"), line("Mislaid", "2026-02-01T00:00:00Z"));
    Files.write(
        directory().resolve("2026-01-31.0001.jsonl"), line("Early", "2026-01-31T11:59:59Z"));
    Files.write(directory().resolve("2026-01-31.0002.jsonl"), line("Late", "2026-01-31T12:00:00Z"));

    assertThat(names(Optional.of(Instant.parse("2026-01-31T12:00:00Z")))).containsExactly("Late");
  }

  @Test
  void aReaderMayStop() throws IOException {
    try (AuditFiles files = open(0)) {
      files.write(line("One"));
      files.write(line("Two"));
    }
    var seen = new java.util.ArrayList<String>();
    new AuditReader(directory())
        .find(
            new AuditQuery(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()),
            (line, event) -> {
              seen.add(line);
              return false;
            });
    assertThat(seen).hasSize(1);
  }

  /** Opens files that take half a line while there is no room. */
  private static final class Disk {

    private boolean full;
    private int open;

    private OutputStream open(Path file) throws IOException {
      open++;
      return new FileOutputStream(file.toFile(), true) {
        @Override
        public void write(int end) throws IOException {
          if (full) {
            throw new IOException("No space left on device");
          }
          super.write(end);
        }

        @Override
        public void close() throws IOException {
          open--;
          super.close();
        }

        @Override
        public void write(byte[] line) throws IOException {
          if (full) {
            super.write(line, 0, line.length / 2);
            throw new IOException("No space left on device");
          }
          super.write(line);
        }
      };
    }
  }

  private final class Ticking extends Clock {

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
