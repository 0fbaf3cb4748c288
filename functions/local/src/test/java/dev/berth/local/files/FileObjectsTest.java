package dev.berth.local.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.local.files.ObjectReading.Region;
import dev.berth.registry.store.ObjectEncryption;
import dev.berth.registry.store.Objects.NoSuchObjectException;
import dev.berth.registry.store.Objects.Part;
import dev.berth.registry.store.Objects.Stored;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileObjectsTest {

  @TempDir Path directory;
  private Path root;
  private FileObjects objects;

  @BeforeEach
  void open() {
    root = directory.resolve("not/there/yet");
    objects = new FileObjects(root, TestLinks.signer(), TestKeys.none());
  }

  @AfterEach
  void close() throws IOException {
    objects.close();
  }

  @Test
  void regionsAreTheRangeInOrder() throws IOException {
    inParts("key", "abc", "defg", "hi");
    assertThat(sent(objects.regions("key", 0, 100))).containsExactly("abc", "defg", "hi");
    assertThat(sent(objects.regions("key", 2, 3))).containsExactly("c", "de");
    assertThat(sent(objects.regions("key", 3, 4))).containsExactly("defg");
    assertThat(sent(objects.regions("key", 4, 1))).containsExactly("e");
    assertThat(sent(objects.regions("key", 9, 1))).isEmpty();
    try (ObjectReading reading = objects.regions("key", 2, 100)) {
      assertThat(reading.length()).isEqualTo(7);
    }
  }

  @Test
  void anObjectThatIsDeletedWhileItIsSentIsSentWhole() throws IOException {
    inParts("key", "abc", "defg", "hi");
    ObjectReading first = objects.regions("key", 0, 100);
    InputStream second = objects.get("key", 1, 100);
    ObjectReading left = objects.regions("key", 0, 100);

    objects.delete("key");

    assertThatThrownBy(() -> objects.get("key", 0, 1)).isInstanceOf(NoSuchObjectException.class);
    left.close();
    assertThat(sent(first)).containsExactly("abc", "defg", "hi");
    inParts("key", "new");
    try (second) {
      assertThat(second.readAllBytes()).asString().isEqualTo("bcdefghi");
    }
    assertThat(root.resolve("trash")).isEmptyDirectory();
    assertThat(sent(objects.regions("key", 0, 100))).containsExactly("new");
  }

  @Test
  void aReadingThatIsClosedTwiceEndsOnce() throws IOException {
    inParts("key", "abc");
    ObjectReading closed = objects.regions("key", 0, 100);
    ObjectReading open = objects.regions("key", 0, 100);
    closed.close();
    closed.close();
    objects.delete("key");
    assertThat(sent(open)).containsExactly("abc");
  }

  @Test
  void aCopyOfWholePartsTakesNoSpace() throws IOException {
    inParts("source", "abc", "defg", "hi");
    String id = objects.begin("copy", ObjectEncryption.STANDARD);
    Part part = objects.copyPart("copy", id, 1, "source", 1, 8);
    objects.complete("copy", id, List.of(part));
    objects.delete("source");
    assertThat(sent(objects.regions("copy", 0, 100))).containsExactly("bc", "defg", "hi");
    assertThat(linkCounts("copy")).containsExactlyInAnyOrder(1, 1, 1);

    id = objects.begin("again", ObjectEncryption.STANDARD);
    part = objects.copyPart("again", id, 1, "copy", 0, 8);
    objects.complete("again", id, List.of(part));
    assertThat(linkCounts("again")).containsExactlyInAnyOrder(2, 2, 2);
  }

  @Test
  void aCopyOfAWholeObjectTakesNoSpaceAndTellsItsOwnTime() throws IOException {
    objects.put("source", bytes("abc"), ObjectEncryption.STANDARD);
    var longAgo = FileTime.from(Instant.parse("2020-01-01T00:00:00Z"));
    Files.setLastModifiedTime(new Layout(root).object("source"), longAgo);

    objects.copy("source", "copy", ObjectEncryption.STANDARD);
    objects.copy("copy", "again", ObjectEncryption.STANDARD);

    assertThat(linkCounts("again")).containsExactly(3);
    // what is young is safe from collection
    assertThat(objects.list(Optional.empty(), 10).entries())
        .filteredOn(stored -> stored.writtenAt().isAfter(longAgo.toInstant()))
        .extracting(Stored::key)
        .containsExactlyInAnyOrder("copy", "again");
    assertThat(root.resolve("temporary")).isEmptyDirectory();
  }

  @Test
  void allIsTheOwnersAlone() throws IOException {
    objects.put("whole", bytes("abc"), ObjectEncryption.STANDARD);
    inParts("parts", "abc");
    objects.begin("open", ObjectEncryption.STANDARD);
    try (Stream<Path> all = Files.walk(root)) {
      Set<String> permissions = all.map(FileObjectsTest::permissions).collect(Collectors.toSet());
      assertThat(permissions).containsExactlyInAnyOrder("d rwx------", "- rw-------");
    }
  }

  private static String permissions(Path path) {
    try {
      String kind = Files.isDirectory(path) ? "d " : "- ";
      return kind + PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<Integer> linkCounts(String key) throws IOException {
    try (Stream<Path> files = Files.walk(new Layout(root).object(key))) {
      List<Integer> counts = new ArrayList<>();
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        counts.add((Integer) Files.getAttribute(file, "unix:nlink"));
      }
      return counts;
    }
  }

  private void inParts(String key, String... contents) {
    String id = objects.begin(key, ObjectEncryption.STANDARD);
    List<Part> parts = new ArrayList<>();
    for (String content : contents) {
      parts.add(objects.part(key, id, parts.size() + 1, bytes(content)));
    }
    objects.complete(key, id, parts);
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Region by region, as an edge sends them. */
  private static List<String> sent(ObjectReading reading) throws IOException {
    List<String> sent = new ArrayList<>();
    try (reading) {
      for (Optional<Region> next = reading.next(); next.isPresent(); next = reading.next()) {
        Region region = next.get();
        var bytes = new ByteArrayOutputStream();
        try (FileChannel from = (FileChannel) region.channel();
            WritableByteChannel out = Channels.newChannel(bytes)) {
          from.transferTo(region.position(), region.count(), out);
        }
        sent.add(bytes.toString(StandardCharsets.UTF_8));
      }
    }
    return sent;
  }
}
