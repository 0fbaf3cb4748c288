package dev.berth.local.host;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.berth.core.trigger.BerthFunction;
import dev.berth.core.trigger.Schedule.Every;
import dev.berth.core.trigger.Trigger.OnSchedule;
import dev.berth.local.bus.OwnFunction;
import dev.berth.registry.store.MemoryTable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SchedulingTest {

  private static final OnSchedule SWEEP =
      new OnSchedule("sweep", new Every(Duration.ofMillis(1)), BerthFunction.SWEEP);
  private static final OnSchedule OUTBOX =
      new OnSchedule("outbox", new Every(Duration.ofMinutes(59)), BerthFunction.OUTBOX);

  private final Clock clock = Clock.fixed(Instant.parse("2026-06-01T12:00:00Z"), ZoneOffset.UTC);
  private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
  private final RequestStreamHandler recording =
      (in, _, _) -> events.add(new String(in.readAllBytes(), UTF_8));

  @Test
  void aFunctionGetsAScheduledEventAgainAndAgain() throws Exception {
    try (var _ = scheduling(function(SWEEP, "us-east-1", recording))) {
      JsonNode event = JsonMapper.builder().build().readTree(events.take());
      assertThat(event.path("detail-type").textValue()).isEqualTo("Scheduled Event");
      assertThat(event.path("source").textValue()).isEqualTo("aws.events");
      assertThat(event.path("region").textValue()).isEqualTo("us-east-1");
      assertThat(event.path("time").textValue()).isEqualTo("2026-06-01T12:00:00Z");
      assertThat(event.path("resources").path(0).textValue()).endsWith(":rule/sweep");
      assertThat(events.take()).isNotEmpty();
    }
  }

  @Test
  void whatRunsOftenBeginsAtOnce() throws Exception {
    try (var _ = scheduling(function(OUTBOX, "us-east-1", recording))) {
      assertThat(events.take()).contains("rule/outbox");
    }
  }

  @Test
  void aFunctionThatFailsHoldsUpNoOtherRegionAndRunsAgain() throws Exception {
    var failures = new CountDownLatch(3);
    RequestStreamHandler failing =
        (_, _, _) -> {
          failures.countDown();
          throw new StackOverflowError("too deep");
        };
    try (var _ =
        scheduling(
            function(SWEEP, "us-east-1", failing), function(SWEEP, "eu-west-1", recording))) {
      assertThat(events.take()).contains("eu-west-1");
      failures.await();
      assertThat(events.take()).contains("eu-west-1");
    }
  }

  @Test
  void aRuleThatHangsHoldsUpNoOtherAndIsInterruptedInTheEnd() throws Exception {
    var hangs = new CountDownLatch(1);
    var interrupted = new CountDownLatch(1);
    RequestStreamHandler hanging =
        (_, _, _) -> {
          try {
            hangs.countDown();
            Thread.sleep(Long.MAX_VALUE);
          } catch (InterruptedException e) {
            interrupted.countDown();
          }
        };
    try (var _ =
        scheduling(
            function(SWEEP, "us-east-1", hanging), function(OUTBOX, "us-east-1", recording))) {
      hangs.await();
      assertThat(events.take()).contains("rule/outbox");
    }
    interrupted.await();
  }

  private static Scheduling scheduling(ScheduledFunction... functions) {
    return new Scheduling(List.of(functions), Duration.ofMillis(10));
  }

  private ScheduledFunction function(OnSchedule rule, String region, RequestStreamHandler handler) {
    return new ScheduledFunction(
        rule,
        new OwnFunction(rule.function(), handler),
        new ScheduledEvent(rule.name(), region, clock),
        new DailyRuns(new MemoryTable(), clock));
  }
}
