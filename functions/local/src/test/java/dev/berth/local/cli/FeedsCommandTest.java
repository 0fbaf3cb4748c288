package dev.berth.local.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.local.files.FileObjects;
import dev.berth.local.files.TestKeys;
import dev.berth.local.files.TestLinks;
import dev.berth.local.host.FeedsQuestion;
import dev.berth.local.host.LocalHost;
import dev.berth.local.host.TestHosts;
import dev.berth.local.sqlite.SqliteTable;
import dev.berth.registry.scan.generation.CurrentIndexes;
import dev.berth.registry.scan.generation.Generations;
import dev.berth.registry.scan.update.FeedNews;
import dev.berth.registry.scan.update.FeedUpdate.Outcome;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code ./berth feeds}, with a host and without one. */
class FeedsCommandTest {

  private static final String SECDB =
      """
      {"distroversion": "v3.22", "packages": [{"pkg": {"name": "curl", "secfixes": {
        "%s": ["CVE-2023-46218"]}}}]}
      """;

  @TempDir Path data;
  @TempDir Path feeds;

  private record Ran(int status, String out, String err) {}

  private Ran run(String... line) {
    List<String> arguments = new ArrayList<>(List.of(line));
    arguments.addAll(List.of("--data", data.toString()));
    var out = new StringWriter();
    var err = new StringWriter();
    int status =
        BerthCommand.commandLine()
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(arguments.toArray(String[]::new));
    return new Ran(status, out.toString().strip(), err.toString().strip());
  }

  private LocalHost start() {
    return TestHosts.start(data, "us-east-1", "eu-west-1");
  }

  @BeforeEach
  void publish() throws IOException {
    start().close();
    put("main", "8.5.0-r0");
    put("community", "8.5.0-r0");
    Files.writeString(
        feeds.resolve("spaced name"), "which is no feed's, as the directory may have others");
  }

  private void put(String repository, String fixed) throws IOException {
    Files.writeString(
        feeds.resolve("alpine-3.22-%s.json".formatted(repository)), SECDB.formatted(fixed));
  }

  private Ran update() {
    return run("feeds", "update", "--from", feeds.toString());
  }

  private List<String> fixed(String region) throws IOException {
    Path directory = data.resolve(region);
    try (var table = SqliteTable.open(directory.resolve("table.db"));
        var objects =
            new FileObjects(directory.resolve("objects"), TestLinks.signer(), TestKeys.none())) {
      var clock = Clock.systemUTC();
      var indexes = new CurrentIndexes(new Generations(table, objects, clock), clock);
      return indexes
          .current()
          .orElseThrow()
          .release("alpine-3.22")
          .orElseThrow()
          .find("curl")
          .stream()
          .map(row -> row.versions().bound())
          .distinct()
          .toList();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void feedsAreImportedForAllRegionsWithAHostAndWithout(boolean host) throws IOException {
    Optional<LocalHost> running = host ? Optional.of(start()) : Optional.empty();
    try {
      Ran first = update();
      assertThat(first.err()).isEmpty();
      assertThat(first.status()).isZero();
      assertThat(first.out())
          .contains("alpine-3.22-main: 1 records")
          .contains("us-east-1: updated")
          .contains("eu-west-1: updated");
      Ran again = update();
      assertThat(again.out()).contains("us-east-1: nothing is new", "2 feeds are as they were");
      put("main", "8.6.0-r0");
      put("community", "8.6.0-r0");
      assertThat(update().status()).isZero();
      Ran status = run("feeds");
      assertThat(status.out())
          .contains("us-east-1: generation ", "eu-west-1: generation ", " 1 indexes")
          .containsOnlyOnce("alpine-3.22-community");
    } finally {
      running.ifPresent(LocalHost::close);
    }
    assertThat(fixed("us-east-1")).containsExactly("8.6.0-r0");
    assertThat(fixed("eu-west-1")).containsExactly("8.6.0-r0");
    assertThat(run("fsck").status()).isZero();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aFeedThatIsGarbageIsToldOfAndLeavesWhatIsInForce(boolean host) throws IOException {
    update();
    Files.writeString(feeds.resolve("alpine-3.22-main.json"), "garbage");
    Optional<LocalHost> running = host ? Optional.of(start()) : Optional.empty();
    try {
      Ran ran = update();
      assertThat(ran.status()).isEqualTo(1);
      assertThat(ran.err())
          .contains("berth: alpine-3.22 failed, what is in force of it stays: ")
          .contains("garbage");
    } finally {
      running.ifPresent(LocalHost::close);
    }
    assertThat(fixed("eu-west-1")).containsExactly("8.5.0-r0");
  }

  @Test
  void beforeAnImportThereIsAHint() {
    assertThat(run("feeds").out()).startsWith("no feed was imported yet: ./berth feeds update");
  }

  @Test
  void aDirectoryWithoutFeedsIsToldOf() throws IOException {
    Path empty = Files.createDirectory(feeds.resolve("an empty one"));
    Ran ran = run("feeds", "update", "--from", empty.toString());
    assertThat(ran.status()).isEqualTo(1);
    assertThat(ran.err()).contains(empty + " has none of the feeds");
  }

  @ParameterizedTest
  @CsvSource({
    "--only,gentoo,there is no feed 'gentoo'",
    "--from,/none/such,there is no directory /none/such",
    "--from,ftp://localhost/,is not asked",
  })
  void aMistakeIsOneOfUsage(String option, String value, String message) {
    Ran ran = run("feeds", "update", option, value);
    assertThat(ran.status()).isEqualTo(2);
    assertThat(ran.err()).contains(option + ": ").contains(message);
  }

  @Test
  void someFeedsAreImportedAlone() {
    Ran ran = run("feeds", "update", "--from", feeds.toString(), "--only", "nvd,alpine-3.22");
    assertThat(ran.status()).isZero();
    assertThat(ran.out()).contains("alpine-3.22-community: 1 records");
  }

  @Test
  void atATerminalThereIsABar() {
    var out = new StringWriter();
    var err = new StringWriter();
    var question = new FeedsQuestion(Optional.empty(), List.of());
    var report = new FeedsReport(question, new PrintWriter(out), new PrintWriter(err), true);
    report.take(new FeedNews.Planned(2));
    report.take(new FeedNews.Reading("debian", 5 << 20));
    report.take(new FeedNews.Imported("debian", 7));
    report.take(new FeedNews.Kept("oracle", false));
    report.take(new FeedNews.Ended("us-east-1", Outcome.UPDATED));
    assertThat(report.end()).isZero();
    assertThat(err.toString())
        .contains("[..............................] 0/2 feeds, debian: 5 MB")
        .contains("[###############...............] 1/2 feeds\r")
        .contains("[##############################] 2/2 feeds")
        .endsWith("\r\033[K");
    assertThat(out.toString().getBytes(UTF_8))
        .asString(UTF_8)
        .isEqualToIgnoringNewLines(
            "debian: 7 records\nus-east-1: updated\n1 feeds are as they were\n");
  }

  @Test
  void whatIsNotDoneIsAFailure() {
    for (Outcome outcome : List.of(Outcome.BUSY, Outcome.OVERTAKEN)) {
      var ignored = new PrintWriter(new StringWriter());
      var question = new FeedsQuestion(Optional.empty(), List.of());
      var report = new FeedsReport(question, ignored, ignored, false);
      report.take(new FeedNews.Ended("us-east-1", outcome));
      assertThat(report.end()).isEqualTo(1);
    }
  }
}
