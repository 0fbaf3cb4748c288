package dev.berth.local.bus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.events.EcrEvents;
import dev.berth.local.bus.Rule.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class RedriveTest {

  private static final Retries NEVER = new Retries(1, Duration.ofDays(1), Duration.ofDays(1));

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
  void aLetterIsDeliveredOnceMoreAndIsNoLetterAnyLonger() throws Exception {
    write("hook.jsonl", letter("v1"), letter("v2"));
    try (LocalBus bus = open("hook")) {
      assertThat(bus.redrive(any -> true)).isEqualTo(Map.of("hook", 2L));
      assertThat(List.of(consumer.take(), consumer.take()))
          .containsExactlyInAnyOrder(event("v1"), event("v2"));
      assertThat(bus.redrive(any -> true)).isEmpty();
    }
    assertThat(directory.resolve("dead-letters")).isEmptyDirectory();
    assertThat(consumer.waiting()).isZero();
  }

  @Test
  void whatFailsOnceMoreIsALetterOnceMore() throws Exception {
    consumer.answers(404, 404);
    try (LocalBus bus = open("hook")) {
      bus.publish(List.of(Events.push("v1")));
      awaitLetter();
      assertThat(bus.redrive(any -> true)).isEqualTo(Map.of("hook", 1L));
      awaitLetter();
      assertThat(bus.redrive(any -> true)).isEqualTo(Map.of("hook", 1L));
      for (int i = 0; i < 3; i++) {
        assertThat(consumer.take()).contains("v1");
      }
    }
  }

  @Test
  void moreLettersThanMayWaitAreAllPutBack() throws Exception {
    int many = LocalBus.MOST_WAITING + 1;
    write(
        "hook.jsonl",
        IntStream.range(0, many).mapToObj(i -> letter("v" + i)).toArray(String[]::new));
    try (LocalBus bus = LocalBus.open(directory, List.of(rule("hook")), NEVER)) {
      assertThat(bus.redrive(any -> true)).isEqualTo(Map.of("hook", (long) many));
      assertThat(bus.redrive(any -> true)).isEmpty();
    }
  }

  @Test
  void whatACrashLeftOnItsWayIsPutBackToo() throws Exception {
    write("hook.jsonl.redriving", letter("v1"));
    write("hook.jsonl", letter("v2"));
    write("gone.jsonl.redriving", letter("v3"));
    try (LocalBus bus = open("hook", "gone")) {
      assertThat(bus.redrive(any -> true)).isEqualTo(Map.of("hook", 2L, "gone", 1L));
      assertThat(List.of(consumer.take(), consumer.take(), consumer.take()))
          .containsExactlyInAnyOrder(event("v1"), event("v2"), event("v3"));
    }
    assertThat(directory.resolve("dead-letters")).isEmptyDirectory();
  }

  @Test
  void lettersOfARuleThatIsNotThereWaitForIt() throws Exception {
    write("hook.jsonl", letter("v1"));
    try (LocalBus bus = open("other")) {
      assertThat(bus.redrive(any -> true)).isEqualTo(Map.of("hook", 1L));
    }
    try (LocalBus _ = open("hook")) {
      assertThat(consumer.take()).isEqualTo(event("v1"));
    }
  }

  @Test
  void lettersOfOtherRulesStay() throws Exception {
    write("hook.jsonl", letter("v1"));
    write("other.jsonl", letter("v2"));
    try (LocalBus bus = open("hook", "other")) {
      assertThat(bus.redrive("hook"::equals)).isEqualTo(Map.of("hook", 1L));
      assertThat(consumer.take()).isEqualTo(event("v1"));
    }
    assertThat(directory.resolve("dead-letters/other.jsonl")).exists();
  }

  @Test
  void linesThatAreNoLettersStay() throws Exception {
    String cut = letter("v2").substring(0, 30);
    write("hook.jsonl", letter("v1"), cut, "", "{\"event\":7}", letter("v3"));
    try (LocalBus bus = open("hook")) {
      assertThat(bus.redrive(any -> true)).isEqualTo(Map.of("hook", 2L));
      assertThat(bus.redrive(any -> true)).isEqualTo(Map.of("hook", 0L));
    }
    assertThat(directory.resolve("dead-letters/hook.jsonl")).hasContent(cut + "\n{\"event\":7}\n");
  }

  private static String event(String tag) {
    return EcrEvents.write(Events.push(tag));
  }

  private static String letter(String tag) {
    return "{\"rule\":\"hook\",\"time\":\"\",\"tries\":3,\"reason\":\"\",\"event\":"
        + event(tag)
        + "}";
  }

  private void write(String name, String... lines) throws IOException {
    Path letters = Files.createDirectories(directory.resolve("dead-letters"));
    Files.write(letters.resolve(name), List.of(lines));
  }

  private LocalBus open(String... names) {
    List<Rule> rules = new ArrayList<>();
    List.of(names).forEach(name -> rules.add(rule(name)));
    LocalBus bus = LocalBus.open(directory, rules, NEVER);
    bus.start();
    return bus;
  }

  private Rule rule(String name) {
    return new Rule(name, Events.ALL, new Target.Url(consumer.url()));
  }

  private void awaitLetter() throws IOException {
    Path file = directory.resolve("dead-letters/hook.jsonl");
    while (Files.notExists(file) || !Files.readString(file).endsWith("\n")) {
      Thread.yield();
    }
  }
}
