package dev.berth.local.bus;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.berth.core.trigger.BerthFunction;
import dev.berth.core.trigger.FunctionRequest;
import dev.berth.core.trigger.Triggers;
import dev.berth.events.EcrEvents;
import dev.berth.local.bus.Rule.Target;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The bus starts Berth's own functions as {@link Triggers} says. */
@Timeout(120)
class OwnFunctionsTest {

  private static final String REGION = "us-east-1";
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final Retries AT_ONCE = new Retries(1, Duration.ofMillis(1), Duration.ofMillis(1));
  private static final Retries NEVER = new Retries(1, Duration.ofDays(1), Duration.ofDays(1));

  @TempDir Path directory;

  @Test
  void aPushStartsReplicationWithTheEventAsItIs() throws Exception {
    var function = new TestFunction();
    try (LocalBus bus = start(AT_ONCE, Map.of(BerthFunction.REPLICATION, function))) {
      bus.publish(List.of(Events.action("DELETE", "v1"), Events.push("v2")));
      assertThat(function.take()).isEqualTo(EcrEvents.write(Events.push("v2")));
    }
    assertThat(function.waiting()).isZero();
  }

  @Test
  void aFunctionGetsTheEventsOfItsOwnRegionAlone() throws Exception {
    var here = new TestFunction();
    var elsewhere = new TestFunction();
    try (LocalBus bus = LocalBus.open(directory, List.of(), AT_ONCE)) {
      bus.addFunctions(REGION, "aws.ecr", Map.of(BerthFunction.REPLICATION, here));
      bus.addFunctions("eu-west-1", "aws.ecr", Map.of(BerthFunction.REPLICATION, elsewhere));
      bus.start();
      bus.publish(List.of(Events.push("v1")));
      assertThat(here.take()).contains("v1");
    }
    assertThat(elsewhere.waiting()).isZero();
  }

  @Test
  void aRequestStartsItsFunctionAndIsNotInTheLog() throws Exception {
    var function = new TestFunction();
    try (LocalBus bus = start(AT_ONCE, Map.of(BerthFunction.LIFECYCLE_EVALUATION, function))) {
      bus.ask(List.of(request("a")));
      assertThat(function.take()).isEqualTo(request("a").json());
    }
    assertThat(new EventTail(LocalBus.log(directory)).next()).isEmpty();
  }

  @Test
  void requestsGoToUsersRulesOnlyThatAskForTheirSource() throws Exception {
    try (var asking = new Consumer();
        var byPrefix = new Consumer();
        var indifferent = new Consumer();
        LocalBus bus =
            LocalBus.open(
                directory,
                List.of(
                    rule("asking", "{\"source\":[\"dev.berth\"]}", asking),
                    rule("prefix", "{\"source\":[{\"prefix\":\"dev.\"}]}", byPrefix),
                    rule("region", "{\"region\":[\"us-east-1\"]}", indifferent),
                    rule("any", "{\"source\":[{\"anything-but\":\"x\"}]}", indifferent)),
                AT_ONCE)) {
      bus.start();
      bus.ask(List.of(request("a")));
      assertThat(asking.take()).isEqualTo(request("a").json());
      assertThat(byPrefix.take()).isEqualTo(request("a").json());
      bus.publish(List.of(Events.push("v1")));
      assertThat(indifferent.take()).contains("v1");
      assertThat(indifferent.take()).contains("v1");
      assertThat(asking.waiting() + indifferent.waiting()).isZero();
    }
  }

  @Test
  void aFunctionThatFailsIsTriedAsOftenAsItsTriggerSaysAndIsADeadLetterThen() throws Exception {
    var tries = new AtomicInteger();
    var function =
        new TestFunction(
            () -> {
              // an error is a failure like any other
              throw tries.incrementAndGet() == 1
                  ? new StackOverflowError("too deep")
                  : new AssertionError("out of order");
            });
    try (LocalBus bus = start(AT_ONCE, Map.of(BerthFunction.LIFECYCLE_EVALUATION, function))) {
      bus.ask(List.of(request("a")));
      JsonNode letter = awaitLetter("lifecycle-evaluation");
      assertThat(letter.path("rule").textValue()).isEqualTo("us-east-1/lifecycle-evaluation");
      assertThat(letter.path("tries").intValue()).isEqualTo(3);
      assertThat(letter.path("reason").textValue())
          .isEqualTo("lifecycle-evaluation failed: java.lang.AssertionError: out of order");
      assertThat(letter.path("event")).isEqualTo(MAPPER.readTree(request("a").json()));
    }
    assertThat(tries).hasValue(3);
  }

  @Test
  void eventsThatAFunctionCannotHandleHoldUpNoOther() throws Exception {
    var handled = new TestFunction();
    RequestStreamHandler function =
        (in, out, context) -> {
          String event = new String(in.readAllBytes(), UTF_8);
          if (event.contains("poisoned")) {
            throw new IllegalArgumentException("not a push");
          }
          handled.handleRequest(new ByteArrayInputStream(event.getBytes(UTF_8)), out, context);
        };
    try (LocalBus bus = start(NEVER, Map.of(BerthFunction.REPLICATION, function))) {
      bus.publish(IntStream.range(0, 100).mapToObj(i -> Events.push("poisoned" + i)).toList());
      bus.publish(List.of(Events.push("v1")));
      assertThat(handled.take()).contains("v1");
    }
    assertThat(directory.resolve("dead-letters")).doesNotExist();
  }

  @Test
  void howeverManyRequestsWaitNoneIsDropped() throws Exception {
    int many = LocalBus.MOST_WAITING + 500;
    var begin = new CountDownLatch(1);
    var function = new TestFunction(() -> await(begin));
    try (LocalBus bus = start(AT_ONCE, Map.of(BerthFunction.LIFECYCLE_EVALUATION, function))) {
      bus.ask(IntStream.range(0, many).mapToObj(i -> request("r" + i)).toList());
      begin.countDown();
      Set<String> events = new HashSet<>();
      for (int i = 0; i < many; i++) {
        events.add(function.take());
      }
      assertThat(events).hasSize(many);
    }
    assertThat(directory.resolve("dead-letters")).doesNotExist();
  }

  @Test
  void closingInterruptsFunctionsAndTheNextHostStartsThemAgain() throws Exception {
    var hanging = TestFunction.hanging();
    try (LocalBus bus = start(NEVER, Map.of(BerthFunction.REPLICATION, hanging))) {
      bus.publish(List.of(Events.push("v1")));
      assertThat(hanging.take()).contains("v1");
    }
    assertThat(directory.resolve("dead-letters")).doesNotExist();
    var next = new TestFunction();
    try (LocalBus _ = start(NEVER, Map.of(BerthFunction.REPLICATION, next))) {
      assertThat(next.take()).contains("v1");
    }
  }

  @Test
  void whatAFunctionTellsAtTheLastMomentIsTaken() throws Exception {
    var hanging = TestFunction.hanging();
    try (LocalBus bus = start(NEVER, Map.of(BerthFunction.REPLICATION, hanging))) {
      bus.publish(List.of(Events.push("v1")));
      hanging.take();
      bus.stop();
      bus.publish(List.of(Events.push("v2")));
    }
    assertThat(new EventTail(LocalBus.log(directory)).next()).hasSize(2);
    var next = new TestFunction();
    try (LocalBus _ = start(NEVER, Map.of(BerthFunction.REPLICATION, next))) {
      assertThat(next.take() + next.take()).contains("v1", "v2");
    }
  }

  @Test
  void aFunctionThatEndsQuietlyWhenItIsInterruptedIsNotDone() throws Exception {
    var quiet =
        new TestFunction(
            () -> {
              while (!Thread.currentThread().isInterrupted()) {
                Thread.onSpinWait();
              }
            });
    try (LocalBus bus = start(NEVER, Map.of(BerthFunction.REPLICATION, quiet))) {
      bus.publish(List.of(Events.push("v1")));
      quiet.take();
    }
    var next = new TestFunction();
    try (LocalBus _ = start(NEVER, Map.of(BerthFunction.REPLICATION, next))) {
      assertThat(next.take()).contains("v1");
    }
  }

  @Test
  void aRuleThatAHostDoesNotHaveKeepsItsEvents() throws Exception {
    try (LocalBus bus = LocalBus.open(directory, List.of(), AT_ONCE)) {
      bus.addFunctions(
          REGION, "aws.ecr", Map.of(BerthFunction.REPLICATION, TestFunction.hanging()));
      bus.publish(List.of(Events.push("v1")));
    }
    start(AT_ONCE, Map.of()).close();
    var function = new TestFunction();
    try (LocalBus _ = start(AT_ONCE, Map.of(BerthFunction.REPLICATION, function))) {
      assertThat(function.take()).contains("v1");
    }
  }

  @Test
  void someThatAreSlowHoldUpNoOtherAttempt() throws Exception {
    int many = 20;
    var together = new CountDownLatch(many);
    var function =
        new TestFunction(
            () -> {
              together.countDown();
              await(together);
            });
    try (LocalBus bus = start(AT_ONCE, Map.of(BerthFunction.REPLICATION_ATTEMPT, function))) {
      bus.ask(
          IntStream.range(0, many)
              .mapToObj(i -> request(Triggers.REPLICATION_ATTEMPT, "r" + i))
              .toList());
      together.await();
    }
  }

  private LocalBus start(Retries retries, Map<BerthFunction, RequestStreamHandler> functions) {
    LocalBus bus = LocalBus.open(directory, List.of(), retries);
    bus.addFunctions(REGION, "aws.ecr", functions);
    bus.start();
    return bus;
  }

  private static Rule rule(String name, String pattern, Consumer consumer) {
    return new Rule(name, pattern, new Target.Url(consumer.url()));
  }

  private static FunctionRequest request(String id) {
    return request(Triggers.LIFECYCLE_EVALUATION, id);
  }

  private static FunctionRequest request(String type, String id) {
    return new FunctionRequest(
        id,
        type,
        "123456789012",
        Instant.parse("2026-01-01T00:00:00Z"),
        REGION,
        JsonNodeFactory.instance.objectNode().put("repository-name", "app"));
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private JsonNode awaitLetter(String rule) throws Exception {
    Path file = directory.resolve("dead-letters").resolve(REGION).resolve(rule + ".jsonl");
    while (Files.notExists(file) || !Files.readString(file).endsWith("\n")) {
      Thread.yield();
    }
    return MAPPER.readTree(Files.readString(file));
  }
}
