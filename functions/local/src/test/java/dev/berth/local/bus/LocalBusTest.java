package dev.berth.local.bus;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.berth.events.EcrEvents;
import dev.berth.local.bus.Rule.Target;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class LocalBusTest {

  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final Retries AT_ONCE = new Retries(3, Duration.ofMillis(1), Duration.ofMillis(1));
  private static final Retries NEVER = new Retries(3, Duration.ofDays(1), Duration.ofDays(1));

  @TempDir Path directory;
  private Consumer consumer;

  @BeforeEach
  void start() throws IOException {
    consumer = new Consumer();
  }

  @AfterEach
  void stop() {
    consumer.close();
  }

  @Test
  void anEventIsPostedAsItIs() throws Exception {
    try (LocalBus bus = open(AT_ONCE, rule("hook", Events.ALL, consumer.url()))) {
      bus.publish(List.of(Events.push("v1")));
      assertThat(consumer.take()).isEqualTo(EcrEvents.write(Events.push("v1")));
    }
  }

  @Test
  void anEventGoesWhereItsPatternSays() throws Exception {
    String deletions = "{\"detail\":{\"action-type\":[\"DELETE\"]}}";
    String releases = "{\"detail\":{\"image-tag\":[{\"prefix\":\"v\"}]}}";
    try (var other = new Consumer();
        LocalBus bus =
            open(
                AT_ONCE,
                rule("deletions", deletions, consumer.url()),
                rule("releases", releases, other.url()))) {
      bus.publish(List.of(Events.push("main"), Events.push("v1"), Events.action("DELETE", "main")));
      assertThat(consumer.take()).contains("DELETE");
      assertThat(other.take()).contains("v1");
    }
    assertThat(consumer.waiting()).isZero();
  }

  @Test
  void whatFailsForNowIsTriedAgain() throws Exception {
    consumer.answers(500, 429);
    try (LocalBus bus = open(AT_ONCE, rule("hook", Events.ALL, consumer.url()))) {
      bus.publish(List.of(Events.push("v1")));
      assertThat(Stream.of(consumer.take(), consumer.take(), consumer.take()).distinct())
          .hasSize(1);
    }
    assertThat(letters()).doesNotExist();
  }

  @Test
  void whatFailsTooOftenIsADeadLetterWithItsReason() throws Exception {
    consumer.answers(500, 500, 503);
    try (LocalBus bus = open(AT_ONCE, rule("hook", Events.ALL, consumer.url()))) {
      bus.publish(List.of(Events.push("v1")));
      JsonNode letter = awaitLetter();
      assertThat(letter.path("rule").textValue()).isEqualTo("hook");
      assertThat(letter.path("tries").intValue()).isEqualTo(3);
      assertThat(letter.path("reason").textValue()).isEqualTo("answered 503");
      assertThat(letter.path("event"))
          .isEqualTo(MAPPER.readTree(EcrEvents.write(Events.push("v1"))));
    }
  }

  @Test
  void whatIsRefusedForGoodIsADeadLetterAtOnce() throws Exception {
    consumer.answers(404);
    try (LocalBus bus = open(NEVER, rule("hook", Events.ALL, consumer.url()))) {
      bus.publish(List.of(Events.push("v1")));
      assertThat(awaitLetter().path("reason").textValue()).isEqualTo("answered 404");
    }
  }

  @Test
  void aTargetThatIsNotThereIsADeadLetterInTheEnd() throws Exception {
    consumer.close();
    try (LocalBus bus = open(AT_ONCE, rule("hook", Events.ALL, consumer.url()))) {
      bus.publish(List.of(Events.push("v1")));
      assertThat(awaitLetter().path("reason").textValue()).startsWith("not reached: ");
    }
  }

  @Test
  void aTargetThatHangsHoldsUpNobodyElse() throws Exception {
    try (var hanging = new Consumer(true);
        LocalBus bus =
            open(
                NEVER,
                rule("hanging", Events.ALL, hanging.url()),
                rule("hook", Events.ALL, consumer.url()))) {
      IntStream.range(0, 20).forEach(i -> bus.publish(List.of(Events.push("v" + i))));
      for (int i = 0; i < 20; i++) {
        assertThat(consumer.take()).contains("image-tag");
      }
      assertThat(hanging.take()).contains("image-tag");
    }
  }

  @Test
  void whatATargetHasNotTakenIsSentByTheNextHost() throws Exception {
    consumer.answers(500);
    Rule rule = rule("hook", Events.ALL, consumer.url());
    try (LocalBus bus = open(NEVER, rule)) {
      bus.publish(List.of(Events.push("v1")));
      assertThat(consumer.take()).contains("v1");
    }
    try (LocalBus _ = open(NEVER, rule)) {
      assertThat(consumer.take()).contains("v1");
    }
  }

  @Test
  void aCommandGetsTheEventOnItsStandardInput() throws Exception {
    Path taken = directory.resolve("taken");
    var rule = new Rule("shell", Events.ALL, new Target.Command("cat > '" + taken + "'; exit 7"));
    try (LocalBus bus = open(AT_ONCE, rule)) {
      bus.publish(List.of(Events.push("v1")));
      JsonNode letter = awaitLetter("shell");
      assertThat(letter.path("reason").textValue()).isEqualTo("exit status 7");
      assertThat(taken).hasContent(EcrEvents.write(Events.push("v1")));
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void theFileWithACommandsEventIsGoneBeforeTheCommandEnds() throws Exception {
    String line = "while [ -e \"$(readlink /proc/$$/fd/0)\" ]; do sleep 0.01; done; exit 7";
    try (LocalBus bus = open(AT_ONCE, new Rule("shell", Events.ALL, new Target.Command(line)))) {
      bus.publish(List.of(Events.push("v1")));
      assertThat(awaitLetter("shell").path("reason").textValue()).isEqualTo("exit status 7");
    }
  }

  @Test
  void whatComesBeyondTheMostThatMayWaitIsADeadLetter() throws Exception {
    try (var hanging = new Consumer(true);
        LocalBus bus = open(NEVER, rule("hook", Events.ALL, hanging.url()))) {
      var events = IntStream.range(0, 2000).mapToObj(i -> Events.push("v" + i)).toList();
      for (int i = 0; i * 2000 <= LocalBus.MOST_WAITING; i++) {
        bus.publish(events);
      }
      assertThat(awaitLetter().path("reason").textValue()).contains("are waiting");
    }
  }

  @Test
  void everyEventIsInTheLog() {
    try (LocalBus bus = open(AT_ONCE)) {
      bus.publish(List.of(Events.push("v1")));
    }
    assertThat(new EventTail(LocalBus.log(directory)).next())
        .containsExactly(EcrEvents.write(Events.push("v1")));
  }

  @Test
  void anEventThatIsNotInTheLogIsTakenAndDeliveredOnce() throws Exception {
    // where the directory of the log is to be
    Files.createFile(LocalBus.log(directory));
    try (LocalBus bus = open(AT_ONCE, rule("hook", Events.ALL, consumer.url()))) {
      assertThat(bus.publish(List.of(Events.push("v1")))).isEmpty();
      assertThat(consumer.take()).contains("v1");
      assertThat(bus.publish(List.of(Events.push("v2")))).isEmpty();
      assertThat(consumer.take()).contains("v2");
    }
    assertThat(consumer.waiting()).isZero();
  }

  @Test
  void moreEventsThanATransactionTakesAreTaken() throws Exception {
    String longTag = "v".repeat(100_000);
    try (var other = new Consumer();
        LocalBus bus =
            open(
                AT_ONCE,
                rule("hook", Events.ALL, consumer.url()),
                rule("other", Events.ALL, other.url()))) {
      bus.publish(IntStream.range(0, 60).mapToObj(i -> Events.push(longTag + i)).toList());
      for (int i = 0; i < 60; i++) {
        assertThat(consumer.take()).contains(longTag);
        assertThat(other.take()).contains(longTag);
      }
    }
  }

  private LocalBus open(Retries retries, Rule... rules) {
    LocalBus bus = LocalBus.open(directory, List.of(rules), retries);
    bus.start();
    return bus;
  }

  private static Rule rule(String name, String pattern, URI url) {
    return new Rule(name, pattern, new Target.Url(url));
  }

  private Path letters() {
    return directory.resolve("dead-letters/hook.jsonl");
  }

  private JsonNode awaitLetter() throws IOException {
    return awaitLetter("hook");
  }

  private JsonNode awaitLetter(String rule) throws IOException {
    Path file = directory.resolve("dead-letters").resolve(rule + ".jsonl");
    while (!Thread.interrupted()) {
      if (Files.exists(file)) {
        try (var lines = new RandomAccessFile(file.toFile(), "r")) {
          String line = lines.readLine();
          if (line != null && line.endsWith("}}")) {
            return MAPPER.readTree(line);
          }
        }
      }
      Thread.yield();
    }
    throw new AssertionError("no dead letter came");
  }
}
