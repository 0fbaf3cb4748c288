package dev.berth.lambda.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.usage.CallCounts;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class UsageEmitterTest {

  private final CallCounts counts = new CallCounts();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private Instant now = Instant.EPOCH;
  private final UsageEmitter emitter = new UsageEmitter(counts, out, new Ticking());

  private List<String> lines() {
    List<String> lines = out.toString(StandardCharsets.UTF_8).lines().toList();
    out.reset();
    return lines;
  }

  @Test
  void onceAMinuteTheCallsSinceTheLastTimeAreWritten() {
    counts.called("123456789012", "PutImage", false);
    counts.called("123456789012", "PutImage", false);
    emitter.invoked();
    assertThat(lines()).isEmpty();

    now = now.plus(Duration.ofSeconds(60));
    emitter.invoked();
    emitter.invoked();
    assertThat(lines()).singleElement().asString().contains("\"CallCount\":2}");

    counts.called("123456789012", "PutImage", false);
    now = now.plus(Duration.ofHours(1));
    emitter.invoked();
    assertThat(lines()).singleElement().asString().contains("\"CallCount\":1}");
  }

  @Test
  void whatIsLeftIsWrittenAtTheEnd() {
    counts.called("123456789012", "PutImage", false);
    emitter.flush();

    assertThat(lines()).hasSize(1);
  }

  private final class Ticking extends Clock {

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
