package dev.berth.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.local.host.LocalHost;
import dev.berth.local.host.TestHosts;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BerthCommandTest {

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"", "sail", "up --sail", "up now", "up --port x", "up --table paper"})
  void aMistakeIsOneLine(String line) {
    Ran ran = run(line.isEmpty() ? new String[0] : line.split(" "));
    assertThat(ran.status).isEqualTo(2);
    assertThat(ran.err.lines()).singleElement().asString().startsWith("berth: ").contains("--help");
  }

  @Test
  void aFileIsNoDataDirectory() throws IOException {
    Path file = Files.createFile(directory.resolve("file"));
    for (Path data : new Path[] {file, file.resolve("below")}) {
      Ran ran = run("up", "--port", "0", "--data", data.toString());
      assertThat(ran.status).isEqualTo(1);
      assertThat(ran.err.lines()).singleElement().asString().contains(data.toString());
    }
  }

  @Test
  void aDataDirectoryIsUsedByOneHost() {
    try (LocalHost running = TestHosts.start(directory)) {
      assertThat(running.endpoints()).hasSize(1);
      Ran ran = run("up", "--port", "0", "--data", directory.toString());
      assertThat(ran.status).isEqualTo(1);
      assertThat(ran.err.lines()).singleElement().asString().contains("in use");
    }
  }

  @Test
  void envBeforeTheFirstStartSaysWhatToDo() {
    Ran ran = run("env", "--data", directory.toString());
    assertThat(ran.status).isEqualTo(1);
    assertThat(ran.out).isEmpty();
    assertThat(ran.err.lines()).singleElement().asString().contains("./berth up");
  }

  @Test
  void envPrintsWhatAShellNeeds() {
    String url;
    try (LocalHost running = TestHosts.start(directory, "us-east-1", "us-west-2")) {
      url = running.endpoints().getLast().url();
      Ran ran = run("env", "--data", directory.toString(), "--region", "us-west-2");
      assertThat(ran.err).isEmpty();
      assertThat(ran.out.lines())
          .hasSize(9)
          .anyMatch(line -> line.matches("export AWS_ACCESS_KEY_ID='AKIA[A-Z2-7]{16}'"))
          .anyMatch(line -> line.matches("export AWS_SECRET_ACCESS_KEY='[A-Za-z0-9+/]{40}'"))
          .contains(
              "export AWS_REGION='us-west-2'",
              "export AWS_DEFAULT_REGION='us-west-2'",
              "export AWS_ENDPOINT_URL_ECR='" + url + "'",
              "export AWS_ENDPOINT_URL_IAM='" + url + "'",
              "export AWS_ENDPOINT_URL_STS='" + url + "'",
              "export BERTH_REGISTRY='" + url.substring("http://".length()) + "'",
              "unset AWS_SESSION_TOKEN AWS_PROFILE");
      assertThat(run("env", "--data", directory.toString(), "--region", "eu-west-1").err)
          .contains("us-east-1", "us-west-2");
    }
    Ran stopped = run("env", "--data", directory.toString(), "--region", "us-west-2");
    assertThat(stopped.out).contains(url);
    assertThat(stopped.err).contains("nothing answers at " + url);
  }

  @Test
  void aShellTakesWhatIsQuotedAsItIs() {
    assertThat(Shell.quoted("it's $HOME")).isEqualTo("'it'\\''s $HOME'");
  }

  private record Ran(int status, String out, String err) {}

  private static Ran run(String... arguments) {
    var out = new StringWriter();
    var err = new StringWriter();
    int status =
        BerthCommand.commandLine()
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(arguments);
    return new Ran(status, out.toString(), err.toString());
  }
}
