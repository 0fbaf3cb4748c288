package dev.berth.local.host;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.berth.core.trigger.BerthFunction;
import dev.berth.registry.store.MemoryTable;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What {@code ./berth up --clock} keeps from running by itself. */
class SetClockTest {

  private static final RequestStreamHandler NOTHING = (_, _, _) -> {};

  private final List<ScheduledFunction> all =
      new ScheduledFunctions("us-east-1", functions(), new MemoryTable(), Clock.systemUTC()).all();

  @Test
  void allScheduledFunctionsRunByThemselves() {
    assertThat(LocalHost.byThemselves(Optional.empty(), all))
        .isEqualTo(all)
        .extracting(one -> one.rule().function())
        .contains(BerthFunction.COLLECTION, BerthFunction.LIFECYCLE);
  }

  @Test
  void whereTheClockIsSetNothingIsCollectedAndNoPolicyRuns() {
    assertThat(LocalHost.byThemselves(Optional.of(Instant.EPOCH), all))
        .hasSize(all.size() - 2)
        .extracting(one -> one.rule().function())
        .contains(BerthFunction.SWEEP, BerthFunction.OUTBOX)
        .doesNotContain(BerthFunction.COLLECTION, BerthFunction.LIFECYCLE);
  }

  private static Map<BerthFunction, RequestStreamHandler> functions() {
    return Arrays.stream(BerthFunction.values())
        .collect(Collectors.toMap(function -> function, _ -> NOTHING));
  }
}
