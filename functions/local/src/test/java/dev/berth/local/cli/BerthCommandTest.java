package dev.berth.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.local.host.DataDirectory;
import dev.berth.local.host.LocalHost;
import dev.berth.local.host.TestHosts;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class BerthCommandTest {

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "sail",
        "up --sail",
        "up now",
        "up --port x",
        "up --port 70000",
        "up --account 12345",
        "up --quota images=1",
        "up --rate-limit PutImage=often",
        "up --aws-login-name registry",
        "up --table paper",
        "up --rules no-such-file",
        "events --pattern x",
        "events --pattern {}"
      })
  void aMistakeIsOneLine(String line) {
    Ran ran = run(line.isEmpty() ? new String[0] : line.split(" "));
    assertThat(ran.status).isEqualTo(2);
    assertThat(ran.err.lines()).singleElement().asString().startsWith("berth: ").contains("--help");
  }

  @Test
  void noHelpShowsADefaultThatIsNone() {
    assertThat(helps(BerthCommand.commandLine()).toList())
        .hasSizeGreaterThan(10)
        .allSatisfy(
            help -> assertThat(help).doesNotContain("Optional", "Default: []", "Default: {}"))
        .anySatisfy(help -> assertThat(help).contains("Default: 10"))
        .anySatisfy(help -> assertThat(help).contains("Default: 4510"));
  }

  private static Stream<String> helps(CommandLine command) {
    return Stream.concat(
        Stream.of(command.getUsageMessage()),
        command.getSubcommands().values().stream().flatMap(BerthCommandTest::helps));
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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "12345678901",
        "1234567890123",
        "12345678901a",
        "../12345678",
        "--",
        "１２３４５６７８９０１２"
      })
  void anAccountHasTwelveDigits(String account) {
    Ran ran = run("add-account", account, "--data", directory.toString());
    assertThat(ran.status).isEqualTo(2);
    assertThat(ran.err.lines()).singleElement().asString().startsWith("berth: ");
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void anAddedAccountIsToldWithItsKeyAndHowToUseIt() {
    String data = directory.resolve("new").toString();
    Ran ran = run("add-account", "210987654321", "--data", data);
    assertThat(ran.err).isEmpty();
    assertThat(ran.status).isZero();
    assertThat(ran.out.lines()).first().isEqualTo("account 210987654321");
    assertThat(ran.out)
        .containsPattern("root access key AKIA[A-Z2-7]{16}\n")
        .contains("  eval \"$(./berth env --account 210987654321 --data '" + data + "')\"")
        .doesNotContain(
            DataDirectory.readRootKeys(Path.of(data))
                .byAccount()
                .get("210987654321")
                .secretAccessKey());

    Ran again = run("add-account", "210987654321", "--data", data);
    assertThat(again.status).isEqualTo(1);
    assertThat(again.out).isEmpty();
    assertThat(again.err.lines()).singleElement().asString().contains("210987654321", "already");
    run("add-account", "111111111111", "--data", data);
    assertThat(run("accounts", "--data", data).out.lines())
        .containsExactly("210987654321", "111111111111");
  }

  @Test
  void envOfAnAccountWithoutAPortIsThatOfItsRegionsFirst() {
    try (LocalHost running = TestHosts.start(directory, "us-east-1", "us-west-2")) {
      run("add-account", "210987654321", "--data", directory.toString());
      String url = running.endpoints().getLast().url();

      Ran ran =
          run(
              "env",
              "--data",
              directory.toString(),
              "--region",
              "us-west-2",
              "--account",
              "210987654321");

      assertThat(ran.err).isEmpty();
      String key =
          DataDirectory.readRootKeys(directory).byAccount().get("210987654321").accessKeyId();
      assertThat(ran.out.lines())
          .contains(
              "export AWS_ACCESS_KEY_ID='" + key + "'",
              "export AWS_ENDPOINT_URL_ECR='" + url + "'",
              "export BERTH_REGISTRY='210987654321.dkr.ecr.us-west-2."
                  + url.substring("http://".length())
                  + "'");
      assertThat(run("env", "--data", directory.toString(), "--account", "111111111111").err)
          .contains("serves only");
    }
  }

  @Test
  void eventsBeforeTheFirstStartAreNone() {
    Ran ran = run("events", "--no-follow", "--data", directory.toString());
    assertThat(ran).isEqualTo(new Ran(0, "", ""));
  }

  @Test
  void theLastEventsOfAPatternAreShown() throws IOException {
    Path log = Files.createDirectories(directory.resolve("events"));
    Files.writeString(
        log.resolve("0000000001.jsonl"),
        """
        {"detail":{"action-type":"PUSH","image-tag":"a"}}
        {"detail":{"action-type":"DELETE","image-tag":"a"}}
        {"detail":{"action-type":"DELETE","image-tag":"b"}}
        {"detail":{"action-type":"PUSH","image-tag":"b"}}
        """);
    String deletions = "{\"detail\":{\"action-type\":[\"DELETE\"]}}";
    String[] all = {"events", "--no-follow", "--data", directory.toString()};
    assertThat(run(all).out.lines()).hasSize(4);
    Ran ran =
        run(
            "events",
            "--no-follow",
            "--data",
            directory.toString(),
            "--pattern",
            deletions,
            "--last",
            "1");
    assertThat(ran.out.lines())
        .containsExactly("{\"detail\":{\"action-type\":\"DELETE\",\"image-tag\":\"b\"}}");
  }

  @Test
  void aMistakeInTheRulesKeepsTheHostFromStarting() throws IOException {
    Path rules = Files.writeString(directory.resolve("rules.json"), "[{\"name\":\"hook\"}]");
    Ran ran = run("up", "--port", "0", "--data", directory + "/data", "--rules", "" + rules);
    assertThat(ran.status).isEqualTo(2);
    assertThat(ran.err.lines())
        .singleElement()
        .asString()
        .contains(rules.toString(), "rule hook: pattern");
    assertThat(directory.resolve("data")).doesNotExist();
  }

  @Test
  void aSecretForAPeerIsMadeOnce() throws IOException {
    Path file = directory.resolve("peer.secret");
    Ran ran = run("peers", "secret", file.toString());
    assertThat(ran.status).isZero();
    assertThat(ran.out).contains(file.toString()).doesNotContain(Files.readString(file).strip());

    assertThat(run("peers", "secret", file.toString()).status).isEqualTo(1);
    assertThat(run("peers", "secret").status).isEqualTo(2);
  }

  @Test
  void aMistakeInTheAgreementsKeepsTheHostFromStarting() throws IOException {
    run("peers", "secret", directory.resolve("peer.secret").toString());
    String own =
        """
        [{"region": "eu-west-1", "endpoint": "http://localhost:4510", "accounts": [],
          "secret": "peer.secret"}]\
        """;
    assertRefused("[{}]", "peer 1: region");
    assertRefused(own, "region: eu-west-1 is one of this host's own (--regions)");
    assertRefused(own.replace("http:", "smtp:"), "peer 1: endpoint");
    Files.writeString(directory.resolve("peer.secret"), "hidden");
    assertRefused(own, "peer 1: secret");
  }

  private void assertRefused(String agreements, String why) throws IOException {
    Path peers = Files.writeString(directory.resolve("peers.json"), agreements);
    Ran ran =
        run(
            "up",
            "--port",
            "0",
            "--data",
            directory + "/data",
            "--regions",
            "us-east-1,eu-west-1",
            "--peers",
            peers.toString());
    assertThat(ran.status).isEqualTo(2);
    assertThat(ran.err.lines())
        .singleElement()
        .asString()
        .contains("--peers", peers.toString(), why)
        .doesNotContain("hidden");
    assertThat(directory.resolve("data")).doesNotExist();
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
