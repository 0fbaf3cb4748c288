package dev.berth.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.local.bus.Consumer;
import dev.berth.local.bus.Rule;
import dev.berth.local.bus.Rule.Target;
import dev.berth.local.host.TestHosts;
import dev.berth.local.sqlite.SqliteTable;
import dev.berth.registry.store.Action;
import dev.berth.registry.store.Item;
import dev.berth.registry.store.Keys;
import dev.berth.registry.store.Table.Consistency;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./berth events redrive}, with a host and without one. */
@Timeout(120)
class RedriveCommandTest {

  private static final String DIGEST = "sha256:" + "0".repeat(64);

  @TempDir Path data;

  private record Ran(int status, String out, String err) {}

  private Ran run(String... line) {
    List<String> arguments = new ArrayList<>(List.of("events", "redrive"));
    arguments.addAll(List.of(line));
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

  @Test
  void withoutAHostTheNextOneDelivers() throws Exception {
    unpublished("us-east-1");
    letter("hook");
    letter("us-east-1/replication");

    assertThat(run().out.lines())
        .containsExactly(
            "us-east-1/outbox: 1 redriven",
            "hook: 1 redriven",
            "us-east-1/replication: 1 redriven");
    Ran again = run();
    assertThat(again.out).isEqualTo("no dead letters");
    assertThat(again.status).isZero();
    try (var consumer = new Consumer();
        var host = TestHosts.start(data, List.of(hook(consumer)))) {
      assertThat(host.endpoints()).isNotEmpty();
      assertThat(List.of(consumer.take(), consumer.take()))
          .anyMatch(event -> event.contains("\"image-tag\":\"unpublished\""))
          .anyMatch(event -> event.equals("{\"n\":1}"));
    }
  }

  @Test
  void aHostThatRunsDeliversAtOnce() throws Exception {
    unpublished("us-east-1");
    letter("hook");
    try (var consumer = new Consumer();
        var host = TestHosts.start(data, List.of(hook(consumer)))) {
      assertThat(host.endpoints()).isNotEmpty();
      Ran ran = run();
      assertThat(ran.status).as(ran.err).isZero();
      assertThat(ran.out.lines())
          .containsExactly("us-east-1/outbox: 1 redriven", "hook: 1 redriven");
      assertThat(List.of(consumer.take(), consumer.take()))
          .anyMatch(event -> event.contains("\"image-tag\":\"unpublished\""))
          .anyMatch(event -> event.equals("{\"n\":1}"));
      assertThat(run().out).isEqualTo("no dead letters");
    }
  }

  @Test
  void whatIsOfARuleThatTheHostDoesNotHaveIsLeftAndTold() throws Exception {
    letter("gone");
    assertThat(run().out).isEqualTo("gone: 1 redriven");
    letter("gone");
    letter("us-west-2/replication");
    letter("hook");
    try (var consumer = new Consumer();
        var host = TestHosts.start(data, List.of(hook(consumer)))) {
      assertThat(host.endpoints()).isNotEmpty();
      Ran ran = run();
      assertThat(ran.status).isEqualTo(1);
      assertThat(ran.out.lines())
          .containsExactly(
              "hook: 1 redriven",
              "gone: 2 left, as the host that runs has no such rule",
              "us-west-2/replication: 1 left, as the host that runs has no such rule");
      assertThat(run("--rule", "gone"))
          .isEqualTo(new Ran(1, "gone: 2 left, as the host that runs has no such rule", ""));
      assertThat(run("--rule", "hook")).isEqualTo(new Ran(0, "no dead letters of hook", ""));
    }
    assertThat(data.resolve("dead-letters/gone.jsonl")).exists();
  }

  @Test
  void aRuleIsNamedWithOrWithoutItsRegion() throws IOException {
    unpublished("us-east-1");
    letter("us-east-1/replication");
    letter("us-west-2/replication");
    letter("hook");

    assertThat(run("--rule", "us-west-2/replication").out)
        .isEqualTo("us-west-2/replication: 1 redriven");
    assertThat(run("--rule", "replication").out).isEqualTo("us-east-1/replication: 1 redriven");
    assertThat(run("--rule", "replication").out).isEqualTo("no dead letters of replication");
    assertThat(run("--rule", "outbox").out).isEqualTo("us-east-1/outbox: 1 redriven");
    assertThat(run("--rule", "hook").out).isEqualTo("hook: 1 redriven");
  }

  @Test
  void whatCannotBeARulesNameIsAMistake() {
    Ran ran = run("--rule", "a b\nc");
    assertThat(ran.status).isEqualTo(2);
    assertThat(ran.err).startsWith("berth: --rule: ");
  }

  private static Rule hook(Consumer consumer) {
    String any = "{\"$or\":[{\"source\":[\"aws.ecr\"]},{\"n\":[1]}]}";
    return new Rule("hook", any, new Target.Url(consumer.url()));
  }

  private void letter(String rule) throws IOException {
    Path file = data.resolve("dead-letters").resolve(rule + ".jsonl");
    Files.createDirectories(file.getParent());
    Files.writeString(file, "{\"rule\":\"%s\",\"event\":{\"n\":1}}\n".formatted(rule));
  }

  /** A change whose events the bus did not take for a day. */
  private void unpublished(String region) throws IOException {
    Files.createDirectories(data.resolve(region));
    try (var table = SqliteTable.open(data.resolve(region).resolve("table.db"))) {
      table.transact(
          Action.put(
              Item.at(Keys.deadLetter(Keys.outbox(3, "01KC0000000000000000000000")))
                  .number(Keys.FORMAT_ATTRIBUTE, Keys.FORMAT)
                  .text("kind", "push")
                  .text("account", TestHosts.ACCOUNT)
                  .text("repository", "app")
                  .text("digest", DIGEST)
                  .text("tags", "unpublished")
                  .number("at", 0)
                  .number("tries", 150)
                  .number("due", 0)
                  .text("reason", "InternalFailure")
                  .build()));
      assertThat(
              table
                  .query(Keys.deadLetters(), "", Optional.empty(), 10, Consistency.STRONG)
                  .entries())
          .hasSize(1);
    }
  }
}
