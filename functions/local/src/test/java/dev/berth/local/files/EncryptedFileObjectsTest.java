package dev.berth.local.files;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.local.kms.LocalKey.State;
import dev.berth.local.kms.LocalKeys;
import dev.berth.local.kms.LocalKms;
import dev.berth.registry.RegistryException.KmsFailed;
import dev.berth.registry.encryption.KeyArn;
import dev.berth.registry.store.ObjectEncryption;
import dev.berth.registry.store.Objects.Part;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of the files of objects with a key. */
class EncryptedFileObjectsTest {

  private static final String ACCOUNT = "123456789012";
  private static final String APP = "arn:aws:ecr:us-east-1:123456789012:repository/app";

  /** Several of the segments that a file is encrypted in. */
  private static final int LARGE = 500_000;

  @TempDir Path directory;
  private LocalKms kms;
  private KeyArn key;
  private ObjectEncryption encryption;
  private FileObjects objects;

  @BeforeEach
  void open() {
    kms = new LocalKms("us-east-1", directory.resolve("kms"));
    key = kms.defaultKey(ACCOUNT);
    encryption = new ObjectEncryption.Kms(key.toString(), APP);
    objects = new FileObjects(directory.resolve("objects"), TestLinks.signer(), kms);
  }

  @AfterEach
  void close() throws IOException {
    objects.close();
  }

  @Test
  void noFileHasTheBytes() throws IOException {
    byte[] bytes = "a secret that is told again and again, ".repeat(20_000).getBytes(ISO_8859_1);
    objects.put("whole", ByteBuffer.wrap(bytes), encryption);
    inParts("parts", bytes, bytes);
    String copy = objects.begin("copy", encryption);
    objects.copyPart("copy", copy, 1, "whole", 5, 400_000);

    assertThat(files()).hasSizeGreaterThan(4);
    for (Path file : files()) {
      assertThat(Files.readString(file, ISO_8859_1))
          .as(file.toString())
          .doesNotContain("secret that is told");
    }
  }

  @Test
  void aCopyIsEncryptedAsItIsToBeAndNotAsItsSourceIs() throws IOException {
    byte[] bytes = "a secret that is told again and again, ".repeat(20_000).getBytes(ISO_8859_1);
    objects.put("source", ByteBuffer.wrap(bytes), encryption);
    objects.copy("source", "plain", ObjectEncryption.STANDARD);
    objects.copy("plain", "encrypted", encryption);
    objects.delete("source");

    assertThat(files()).filteredOn(file -> told(file)).hasSize(1);
    change(State.Disabled);
    assertThat(read("plain", 0, bytes.length)).isEqualTo(bytes);
    assertThatThrownBy(() -> objects.copy("encrypted", "more", ObjectEncryption.STANDARD))
        .isInstanceOf(KmsFailed.class);
    assertThatThrownBy(() -> objects.copy("plain", "more", encryption))
        .isInstanceOf(KmsFailed.class);
    change(State.Enabled);
    assertThat(read("encrypted", 0, bytes.length)).isEqualTo(bytes);
    assertThat(files()).hasSize(2);
  }

  private static boolean told(Path file) {
    try {
      return Files.readString(file, ISO_8859_1).contains("secret that is told");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void twoFilesOfTheSameBytesHaveNothingInCommon() throws IOException {
    byte[] bytes = random(1000);
    objects.put("one", ByteBuffer.wrap(bytes), encryption);
    objects.put("two", ByteBuffer.wrap(bytes), encryption);
    List<byte[]> ends = new ArrayList<>();
    for (Path file : files()) {
      byte[] content = Files.readAllBytes(file);
      ends.add(Arrays.copyOfRange(content, content.length - 1000, content.length));
    }
    assertThat(ends).hasSize(2);
    assertThat(ends.getFirst()).isNotEqualTo(ends.getLast());
  }

  @Test
  void aReadingNamesItsObject() {
    objects.put("manifests/one", ByteBuffer.wrap(random(10)), encryption);

    try (ObjectReading reading = objects.regions("manifests/one", 0, 10)) {
      assertThat(reading).hasToString("object manifests/one");
    }
  }

  @Test
  void anyRangeIsReadOnItsOwn() throws IOException {
    byte[] bytes = random(LARGE);
    objects.put("key", ByteBuffer.wrap(bytes), encryption);
    for (int offset : new int[] {0, 1, 130_000, 131_072, 262_143, LARGE - 1}) {
      assertThat(read("key", offset, 140_000))
          .isEqualTo(Arrays.copyOfRange(bytes, offset, Math.min(LARGE, offset + 140_000)));
    }
    assertThat(read("key", LARGE, 1)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 10, 200, 300, 131_072, 400_000, -1})
  void aChangedByteIsNoticed(int position) throws IOException {
    objects.put("key", ByteBuffer.wrap(random(LARGE)), encryption);
    Path file = files().getFirst();
    byte[] content = Files.readAllBytes(file);
    content[Math.floorMod(position, content.length)] ^= 1;
    Files.write(file, content);

    assertThatThrownBy(() -> read("key", 0, LARGE)).isNotInstanceOf(KmsFailed.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2, 100, 131_072, 262_144, 400_000})
  void aShortenedFileIsNoticed(int length) throws IOException {
    objects.put("key", ByteBuffer.wrap(random(LARGE)), encryption);
    Path file = files().getFirst();
    Files.write(file, Arrays.copyOf(Files.readAllBytes(file), length));

    assertThatThrownBy(() -> read("key", 0, LARGE)).isNotInstanceOf(KmsFailed.class);
  }

  @Test
  void aDisabledKeyStopsReadingAndWritingUntilItIsEnabled() throws IOException {
    objects.put("key", ByteBuffer.wrap(random(1000)), encryption);
    objects.put("plain", ByteBuffer.wrap(random(1000)), ObjectEncryption.STANDARD);
    String begun = objects.begin("parts", encryption);

    change(State.Disabled);

    assertThatThrownBy(() -> read("key", 0, 1)).isInstanceOf(KmsFailed.class);
    assertThatThrownBy(() -> objects.regions("key", 0, 1)).isInstanceOf(KmsFailed.class);
    assertThatThrownBy(() -> objects.put("other", ByteBuffer.allocate(1), encryption))
        .isInstanceOf(KmsFailed.class)
        .hasMessageEndingWith(key + " is disabled.");
    assertThatThrownBy(() -> objects.part("parts", begun, 1, ByteBuffer.allocate(1)))
        .isInstanceOf(KmsFailed.class);
    assertThat(read("plain", 0, 1000)).hasSize(1000);

    change(State.Enabled);

    assertThat(read("key", 0, 1000)).hasSize(1000);
    objects.part("parts", begun, 1, ByteBuffer.allocate(1));
  }

  @Test
  void aCopyOfAWholePartTakesNoSpaceAndOfAPlainObjectIsEncrypted() throws IOException {
    byte[] bytes = random(LARGE);
    inParts("source", bytes);
    objects.put("plain", ByteBuffer.wrap(bytes), ObjectEncryption.STANDARD);
    String id = objects.begin("copy", encryption);
    Part linked = objects.copyPart("copy", id, 1, "source", 0, LARGE);
    Part encrypted = objects.copyPart("copy", id, 2, "plain", 100, 1000);
    objects.complete("copy", id, List.of(linked, encrypted));

    assertThat(read("copy", 0, LARGE)).isEqualTo(bytes);
    assertThat(read("copy", LARGE, 1000)).isEqualTo(Arrays.copyOfRange(bytes, 100, 1100));
    assertThat(linksTo(files("copy"))).containsExactlyInAnyOrder(2, 1);
    assertThat(files("copy")).allMatch(file -> file.toString().endsWith("-kms"));
  }

  @Test
  void aCopyIntoAPlainObjectIsPlain() throws IOException {
    byte[] bytes = random(1000);
    objects.put("source", ByteBuffer.wrap(bytes), encryption);
    String id = objects.begin("copy", ObjectEncryption.STANDARD);
    objects.complete("copy", id, List.of(objects.copyPart("copy", id, 1, "source", 0, 1000)));

    change(State.Disabled);

    assertThat(read("copy", 0, 1000)).isEqualTo(bytes);
  }

  @Test
  void allOfItIsReadAgainAfterARestart() throws IOException {
    byte[] bytes = random(1000);
    inParts("key", bytes, bytes);
    String begun = objects.begin("goes-on", encryption);
    Part first = objects.part("goes-on", begun, 1, ByteBuffer.wrap(bytes));
    objects.close();
    objects = new FileObjects(directory.resolve("objects"), TestLinks.signer(), kms);

    Part second = objects.part("goes-on", begun, 2, ByteBuffer.wrap(bytes));
    objects.complete("goes-on", begun, List.of(first, second));

    assertThat(read("key", 1000, 1000)).isEqualTo(bytes);
    assertThat(read("goes-on", 1000, 1000)).isEqualTo(bytes);
    assertThat(files("goes-on")).allMatch(file -> file.toString().endsWith("-kms"));
  }

  private void change(State state) {
    var keys = new LocalKeys(directory.resolve("kms"), "us-east-1", ACCOUNT);
    keys.change(keys.byId(key.keyId()).orElseThrow(), state);
  }

  private void inParts(String object, byte[]... contents) {
    String id = objects.begin(object, encryption);
    List<Part> parts = new ArrayList<>();
    for (byte[] content : contents) {
      parts.add(objects.part(object, id, parts.size() + 1, ByteBuffer.wrap(content)));
    }
    objects.complete(object, id, parts);
  }

  private byte[] read(String object, long offset, long length) throws IOException {
    try (InputStream stream = objects.get(object, offset, length)) {
      return stream.readAllBytes();
    }
  }

  private static byte[] random(int count) {
    byte[] bytes = new byte[count];
    new Random(7).nextBytes(bytes);
    return bytes;
  }

  private List<Path> files() throws IOException {
    return under(directory.resolve("objects")).stream()
        .filter(file -> !file.endsWith("lock"))
        .toList();
  }

  /** Those with the bytes of an object. */
  private List<Path> files(String object) throws IOException {
    return under(new Layout(directory.resolve("objects")).object(object)).stream()
        .filter(file -> !file.endsWith(FileFormat.NAME))
        .toList();
  }

  private static List<Path> under(Path root) throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  private static List<Integer> linksTo(List<Path> files) throws IOException {
    List<Integer> counts = new ArrayList<>();
    for (Path file : files) {
      counts.add((Integer) Files.getAttribute(file, "unix:nlink"));
    }
    return counts;
  }
}
