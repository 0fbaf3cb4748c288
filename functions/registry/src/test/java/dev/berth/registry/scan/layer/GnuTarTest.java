package dev.berth.registry.scan.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.berth.core.scan.InstalledPackage;
import dev.berth.core.scan.PackageFormat;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tars that GNU tar writes, in all its formats; skipped where there is no such program. */
class GnuTarTest {

  @TempDir Path root;

  @BeforeEach
  void gnuTarIsThere() {
    assumeThat(run("--version")).asString(StandardCharsets.UTF_8).startsWith("tar (GNU tar)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"v7", "oldgnu", "gnu", "ustar", "posix"})
  void itsFormatsAreRead(String format) throws IOException {
    write("usr/lib/os-release", Layers.DEBIAN);
    Files.createDirectories(root.resolve("etc"));
    Files.createSymbolicLink(root.resolve("etc/os-release"), Path.of("../usr/lib/os-release"));
    write("var/lib/dpkg/status", "Package: a\nVersion: 1\n");
    assertFound(layer("--format=" + format), "a");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gnu", "posix"})
  void longNamesAndTargetsAreRead(String format) throws IOException {
    String deep = "a".repeat(120) + "/" + "b".repeat(120) + "/" + "ö".repeat(60);
    write(deep + "/file", "x".repeat(513));
    Files.createSymbolicLink(root.resolve("a-link"), Path.of(deep));
    write("var/lib/" + "c".repeat(110) + "/../dpkg/status", "Package: a\nVersion: 1\n");
    write("usr/lib/os-release", Layers.DEBIAN);
    Files.createDirectories(root.resolve("etc"));
    Files.createSymbolicLink(
        root.resolve("etc/os-release"), Path.of("./".repeat(100) + "../usr/lib/os-release"));
    assertFound(layer("--format=" + format), "a");
  }

  @Test
  void aPrefixOfUstarIsRead() throws IOException {
    write("a".repeat(90) + "/" + "b".repeat(90), "x");
    write("usr/lib/os-release", Layers.DEBIAN);
    write("var/lib/dpkg/status.d/" + "p".repeat(90), "Package: a\nVersion: 1\n");
    assertFound(layer("--format=ustar"), "a");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--format=oldgnu",
        "--format=gnu",
        "--format=posix --sparse-version=0.0",
        "--format=posix --sparse-version=0.1",
        "--format=posix --sparse-version=1.0",
      })
  void sparseFilesAreReadWithTheirHoles(String options) throws IOException {
    List<String> names = new ArrayList<>();
    Path status = root.resolve("var/lib/dpkg/status");
    write("var/lib/dpkg/status", "");
    try (RandomAccessFile file = new RandomAccessFile(status.toFile(), "rw")) {
      // more pieces than the header has room for, and than one block of more has
      for (int i = 0; i < 60; i++) {
        file.seek(i * 65_536L);
        file.write("\nPackage: p%d\nVersion: 1\n\n".formatted(i).getBytes());
        names.add("p" + i);
      }
      file.setLength(61 * 65_536L);
    }
    write("zero", "");
    try (RandomAccessFile file = new RandomAccessFile(root.resolve("zero").toFile(), "rw")) {
      file.setLength(1 << 20);
    }
    write("usr/lib/os-release", Layers.DEBIAN);
    byte[] layer = layer(("--sparse --hole-detection=raw " + options).split(" "));
    assertThat(layer.length).isLessThan(1 << 20);
    assertFound(layer, names.toArray(String[]::new));
  }

  private static void assertFound(byte[] layer, String... names) {
    ImageFacts facts = ImageFacts.of(List.of(Layers.facts(layer)));
    assertThat(facts.system()).isPresent();
    assertThat(facts.packages().get(PackageFormat.DPKG))
        .extracting(InstalledPackage::name)
        .containsExactly(names);
  }

  private void write(String path, String content) throws IOException {
    Path file = root.resolve(path).normalize();
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }

  private byte[] layer(String... options) {
    List<String> arguments = new ArrayList<>(List.of("-c", "-C", root.toString()));
    arguments.addAll(List.of(options));
    arguments.add(".");
    return run(arguments.toArray(String[]::new));
  }

  private static byte[] run(String... arguments) {
    List<String> command = new ArrayList<>(List.of("tar"));
    command.addAll(List.of(arguments));
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      byte[] output = process.getInputStream().readAllBytes();
      return process.waitFor() == 0 ? output : new byte[0];
    } catch (IOException e) {
      return new byte[0];
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new byte[0];
    }
  }
}
