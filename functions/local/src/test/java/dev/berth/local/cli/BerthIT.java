package dev.berth.local.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The launcher and the process that it starts. */
class BerthIT {

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"INT", "TERM"})
  void aSignalStopsItCleanly(String signal) throws Exception {
    Process up = berth(launcher(), "up", "--port", "0", "--data", directory.toString());
    try (BufferedReader out = up.inputReader()) {
      assertThat(out.readLine()).matches("ready http://localhost:\\d+");
      new ProcessBuilder("kill", "-" + signal, "" + up.pid()).inheritIO().start().waitFor();
      assertThat(up.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(up.exitValue()).isZero();
      assertThat(up.errorReader().lines()).isEmpty();
    } finally {
      up.destroyForcibly();
    }
  }

  @Test
  void aMistakeIsTheExitStatus() throws Exception {
    Process up = berth(launcher(), "up", "--sail");
    assertThat(up.errorReader().lines()).hasSize(1);
    assertThat(up.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(up.exitValue()).isEqualTo(2);
  }

  @Test
  void theLauncherIsFoundThroughALink() throws Exception {
    Path link = directory.resolve("a link to berth");
    Files.createSymbolicLink(link, Path.of(launcher()).toRealPath());
    Process help = berth(link.toString(), "--help");
    assertThat(help.inputReader().lines()).anyMatch(line -> line.contains("Usage: berth"));
    assertThat(help.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(help.exitValue()).isZero();
  }

  private static String launcher() {
    String launcher = System.getProperty("berth.launcher", "../../berth");
    assumeTrue(Files.isExecutable(Path.of(launcher)), () -> "no launcher at " + launcher);
    return launcher;
  }

  private static Process berth(String... words) throws IOException {
    return new ProcessBuilder(words).start();
  }
}
