package dev.berth.local.host;

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
    try (var sweeping = new Sweeping(failing(), work)) {
      work.tell(0);
      sweeping.start();
      runs.acquire();
      work.tell(0);
      runs.acquire();
    }
  }

  /** A day is its period: nobody waits for that here. */
  private ScheduledFunction failing() {
    return new ScheduledFunction(
        new OnSchedule("sweep", new Every(Duration.ofDays(1)), BerthFunction.SWEEP),
        new OwnFunction(
            BerthFunction.SWEEP,
            (_, _, _) -> {
              runs.release();
              throw new IllegalStateException("out of order");
            }),
        new ScheduledEvent("sweep", "us-east-1", Clock.systemUTC()),
        new DailyRuns(new MemoryTable(), Clock.systemUTC()));
  }
}
