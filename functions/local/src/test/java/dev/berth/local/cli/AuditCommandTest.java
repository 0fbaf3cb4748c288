package dev.berth.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuditCommandTest {

  private static final String PUT =
      "{\"eventName\":\"PutImage\",\"eventTime\":\"2026-01-31T12:00:00Z\","
          + "\"userIdentity\":{\"arn\":\"arn:aws:iam::123456789012:root\"},"
          + "\"sourceIPAddress\":\"::1\",\"errorCode\":\"ServerException\",\"resources\":"
          + "[{\"ARN\":\"arn:aws:ecr:us-east-1:123456789012:repository/team/app\"}]}";
  private static final String LIST =
      "{\"eventName\":\"ListImages\",\"eventTime\":\"2026-01-31T12:00:01Z\"}";

  @TempDir Path data;

  private record Ran(int status, String out, String err) {}

  private Ran run(String... options) {
    var out = new StringWriter();
    var err = new StringWriter();
    var arguments = new String[options.length + 3];
    arguments[0] = "audit";
    arguments[1] = "--data";
    arguments[2] = data.toString();
    System.arraycopy(options, 0, arguments, 3, options.length);
    int status =
        BerthCommand.commandLine()
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(arguments);
    return new Ran(status, out.toString(), err.toString());
  }

  private void write() throws IOException {
    Files.createDirectories(data.resolve("audit"));
    Files.writeString(
        data.resolve("audit").resolve("2026-01-31.0001.jsonl"), PUT + "\n" + LIST + "\n");
  }

  @Test
  void recordsArePrintedAsTheyAreOldestFirst() throws IOException {
    write();

    assertThat(run().out()).isEqualTo(PUT + "\n" + LIST + "\n");
    assertThat(run("--event-name", "ListImages").out()).isEqualTo(LIST + "\n");
    assertThat(run("--repository", "team/app").out()).isEqualTo(PUT + "\n");
    assertThat(run("--since", "2026-01-31T12:00:01Z").out()).isEqualTo(LIST + "\n");
    assertThat(run("--since", "2026-02-01").out()).isEmpty();
    assertThat(run("--account", "000000000000").out()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "--event-name, Put Image",
    "--repository, APP",
    "--since, yesterday",
    "--since, 7w",
    "--account, 12"
  })
  void anOptionThatIsWrongIsNamed(String option, String value) {
    Ran ran = run(option, value);

    assertThat(ran.status()).isEqualTo(2);
    assertThat(ran.err().lines())
        .singleElement()
        .asString()
        .startsWith("berth: " + option + ": '" + value + "' is not ");
  }

  @Test
  void whereNoHostWasThereIsNothingToPrint() {
    Ran ran = run();

    assertThat(ran.status()).isEqualTo(1);
    assertThat(ran.err()).contains("./berth up");
  }

  @ParameterizedTest
  @CsvSource({
    "2026-01-31T12:00:00Z, 2026-01-31T12:00:00Z",
    "2026-01-31, 2026-01-31T00:00:00Z",
    "15m, 2026-02-28T11:45:00Z",
    "2h, 2026-02-28T10:00:00Z",
    "7d, 2026-02-21T12:00:00Z",
    "30s, 2026-02-28T11:59:30Z"
  })
  void aTimeIsAnInstantOrADateOrSoLongAgo(String text, Instant expected) {
    Clock clock = Clock.fixed(Instant.parse("2026-02-28T12:00:00Z"), ZoneOffset.UTC);

    assertThat(Since.parse(text, clock)).contains(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "m", "-1d", "2026-13-01", "2026-01-31 12:00", "T", "9999999d"})
  void anythingElseIsNoTime(String text) {
    assertThat(Since.parse(text, Clock.systemUTC())).isEmpty();
  }

  @Test
  void aRowIsForAPersonAndHasNoControlCharacters() throws IOException {
    JsonNode event = new ObjectMapper().readTree(PUT.replace("\"::1\"", "\"\\u001b[2J\\u009b\""));

    assertThat(AuditTable.row(event))
        .contains("2026-01-31T12:00:00Z", "PutImage", "123456789012:root", "team/app")
        .endsWith("ServerException")
        .doesNotContain("\u001b", "\u009b");
  }
}
