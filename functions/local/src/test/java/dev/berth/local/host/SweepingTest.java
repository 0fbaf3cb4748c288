package dev.berth.local.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.trigger.BerthFunction;
import dev.berth.core.trigger.Schedule.Every;
import dev.berth.core.trigger.Trigger.OnSchedule;
import dev.berth.local.bus.OwnFunction;
import dev.berth.registry.store.MemoryTable;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SweepingTest {

  private final News work = new News();
  private final Semaphore runs = new Semaphore(0);

  @Test
  void workIsDoneAsSoonAsItIsThereEvenAfterAFailure() throws InterruptedException {
    try (var sweeping = new Sweeping(function(SweepingTest::fail), work)) {
      work.tell(0);
      sweeping.start();
      runs.acquire();
      work.tell(0);
      runs.acquire();
    }
  }

  @Test
  void workThatIsThereWhenTheHostEndsIsDone() {
    var sweeping = new Sweeping(function(this::tellOnceMoreAndEnd), work);
    work.tell(0);
    sweeping.start();
    sweeping.close();
    assertThat(runs.availablePermits()).isEqualTo(2);
  }

  private void tellOnceMoreAndEnd() {
    if (runs.availablePermits() == 1) {
      work.tell(0);
      work.close();
    }
  }

  private static void fail() {
    throw new IllegalStateException("out of order");
  }

  /** A day is its period: nobody waits for that here. */
  private ScheduledFunction function(Runnable then) {
    return new ScheduledFunction(
        new OnSchedule("sweep", new Every(Duration.ofDays(1)), BerthFunction.SWEEP),
        new OwnFunction(
            BerthFunction.SWEEP,
            (_, _, _) -> {
              runs.release();
              then.run();
            }),
        new ScheduledEvent("sweep", "us-east-1", Clock.systemUTC()),
        new DailyRuns(new MemoryTable(), Clock.systemUTC()));
  }
}
