package dev.berth.local.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.store.ObjectEncryption;
import dev.berth.registry.store.Objects.NoSuchObjectException;
import dev.berth.registry.store.Objects.Part;
import dev.berth.registry.store.StoreException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left of writes that a crash or a full disk cut off. */
class FileObjectsCrashTest {

  private static final int ROUNDS = 3;
  private static final int ACKNOWLEDGED_AT_LEAST = 30;

  @TempDir Path root;

  @Test
  void whatIsAcknowledgedSurvivesAKillAndNothingElseIsVisible() throws Exception {
    List<String> acknowledged = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      acknowledged.addAll(killedWriter("round" + round));
      try (FileObjects objects = new FileObjects(root, TestLinks.signer(), TestKeys.none())) {
        for (String line : acknowledged) {
          check(objects, line.split(" "));
        }
      }
      assertThat(root.resolve("temporary")).isEmptyDirectory();
      assertThat(root.resolve("trash")).isEmptyDirectory();
      assertThatAllObjectsAreWhole();
    }
  }

  private List<String> killedWriter(String prefix) throws Exception {
    List<String> command = ChildJvm.command(CrashingWriter.class, root.toString(), prefix);
    Process writer =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    List<String> lines = new ArrayList<>();
    try (BufferedReader out = writer.inputReader()) {
      while (lines.size() < ACKNOWLEDGED_AT_LEAST) {
        String line = out.readLine();
        assertThat(line).as("the writer goes on until it is killed").isNotNull();
        lines.add(line);
      }
      // by its handle, as the process itself would close its output too
      writer.toHandle().destroyForcibly();
      // what it printed before it died; the last line may be cut
      List<String> rest = out.lines().toList();
      lines.addAll(rest.subList(0, Math.max(0, rest.size() - 1)));
    }
    writer.waitFor();
    return lines;
  }

  private static void check(FileObjects objects, String[] line) throws IOException {
    byte[] bytes = CrashingWriter.bytes(line[1]);
    if (line[0].equals("object")) {
      assertThat(read(objects, line[1])).isEqualTo(bytes);
    } else {
      Part part = new Part(1, line[3], bytes.length);
      assertThat(objects.parts(line[1], line[2])).containsExactly(part);
      assertThatThrownBy(() -> objects.get(line[1], 0, 1))
          .isInstanceOf(NoSuchObjectException.class);
    }
  }

  /** Also those that were made while the writer died, before it could say so. */
  private void assertThatAllObjectsAreWhole() throws IOException {
    Set<String> keys = new HashSet<>();
    Path objects = root.resolve("objects");
    try (Stream<Path> paths = Files.walk(objects, 2)) {
      paths
          .filter(path -> objects.relativize(path).getNameCount() == 2)
          .forEach(path -> keys.add(path.getFileName().toString().replace('+', '/')));
    }
    assertThat(keys).isNotEmpty().noneMatch(key -> key.contains("/open/"));
    try (FileObjects reopened = new FileObjects(root, TestLinks.signer(), TestKeys.none())) {
      for (String key : keys) {
        assertThat(read(reopened, key)).isEqualTo(CrashingWriter.bytes(key));
      }
    }
  }

  @Test
  void aMultipartWriteGoesOnAfterARestart() throws IOException {
    String id;
    Part first;
    try (FileObjects objects = new FileObjects(root, TestLinks.signer(), TestKeys.none())) {
      id = objects.begin("key", ObjectEncryption.STANDARD);
      first = objects.part("key", id, 1, ByteBuffer.wrap(new byte[] {1, 2}));
    }
    try (FileObjects objects = new FileObjects(root, TestLinks.signer(), TestKeys.none())) {
      assertThat(objects.parts("key", id)).containsExactly(first);
      Part second = objects.part("key", id, 2, ByteBuffer.wrap(new byte[] {3}));
      objects.complete("key", id, List.of(first, second));
      assertThat(read(objects, "key")).containsExactly(1, 2, 3);
    }
  }

  @Test
  void aPartWhoseReplacementWasCutOffIsReplaced() throws IOException {
    try (FileObjects objects = new FileObjects(root, TestLinks.signer(), TestKeys.none())) {
      String id = objects.begin("key", ObjectEncryption.STANDARD);
      Part former = objects.part("key", id, 1, ByteBuffer.wrap(new byte[] {1}));
      Path directory = root.resolve("multiparts").resolve(id);
      Path formerFile;
      try (Stream<Path> files = Files.list(directory)) {
        formerFile = files.findFirst().orElseThrow();
      }
      Part latter = objects.part("key", id, 1, ByteBuffer.wrap(new byte[] {2}));
      Files.write(formerFile, new byte[] {1});

      assertThat(objects.parts("key", id)).containsExactly(latter).doesNotContain(former);
      objects.complete("key", id, List.of(latter));
      assertThat(read(objects, "key")).containsExactly(2);
    }
  }

  @Test
  void aFullDiskFailsTheWriteAndNothingElse() throws Exception {
    // a limit on the size of a file fails a write half way, like a disk that is full
    var command = new ArrayList<>(List.of("sh", "-c", "ulimit -f 200 && exec \"$@\"", "sh"));
    command.addAll(ChildJvm.command(LimitedWriter.class, root.toString()));
    Process writer =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try (BufferedReader out = writer.inputReader()) {
      assertThat(out.lines())
          .containsExactly("put failed", "part failed", "small object written", "0 temporary");
    }
    assertThat(writer.waitFor()).isZero();
  }

  @Test
  void oneProcessAtATimeHasTheDirectoryOpen() throws IOException {
    try (FileObjects first = new FileObjects(root, TestLinks.signer(), TestKeys.none())) {
      assertThat(first.smallestPart()).isEqualTo(1);
      assertThatThrownBy(() -> new FileObjects(root, TestLinks.signer(), TestKeys.none()))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining(root.toString())
          .rootCause()
          .isInstanceOf(OverlappingFileLockException.class);
    }
    new FileObjects(root, TestLinks.signer(), TestKeys.none()).close();
  }

  private static byte[] read(FileObjects objects, String key) throws IOException {
    try (InputStream stream = objects.get(key, 0, Long.MAX_VALUE)) {
      return stream.readAllBytes();
    }
  }
}
