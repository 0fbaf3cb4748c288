package dev.berth.local.host;

import dev.berth.core.trigger.Schedule;
import dev.berth.core.trigger.Schedule.Daily;
import dev.berth.core.trigger.Schedule.Every;
import dev.berth.core.trigger.Trigger.OnSchedule;
import dev.berth.local.bus.OwnFunction.FailedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Starts functions when their schedules say, as long as the host runs: each rule on a thread of its
 * own, one region after another.
 */
final class Scheduling implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(Scheduling.class.getName());

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** How often it is asked whether a daily rule is due: the machine may sleep meanwhile. */
  private static final Duration BETWEEN_LOOKS = Duration.ofMinutes(1);

  /** What runs so rarely may have much to do, for which the first clients are not to wait. */
  private static final Duration RARE = Duration.ofHours(1);

  private static final Duration LET_OTHERS_FIRST = Duration.ofMinutes(1);

  private final List<ScheduledExecutorService> threads = new ArrayList<>();
  private final Duration patience;
  private volatile boolean closing;

  Scheduling(Collection<ScheduledFunction> functions) {
    this(functions, PATIENCE);
  }

  /**
   * @param patience in the end with what is under way; and again, once it is interrupted
   */
  Scheduling(Collection<ScheduledFunction> functions, Duration patience) {
    this.patience = patience;
    Map<OnSchedule, List<ScheduledFunction>> byRule =
        functions.stream().collect(Collectors.groupingBy(ScheduledFunction::rule));
    byRule.forEach(this::begin);
  }

  private void begin(OnSchedule rule, List<ScheduledFunction> functions) {
    ScheduledExecutorService thread =
        Executors.newSingleThreadScheduledExecutor(
            run -> Thread.ofPlatform().daemon().name(rule.name()).unstarted(run));
    threads.add(thread);
    thread.scheduleWithFixedDelay(
        () -> functions.forEach(this::fire),
        firstPause(rule.schedule()).toMillis(),
        pause(rule.schedule()).toMillis(),
        TimeUnit.MILLISECONDS);
  }

  private static Duration firstPause(Schedule schedule) {
    return schedule instanceof Every(var period) && period.compareTo(RARE) < 0
        ? Duration.ZERO
        : LET_OTHERS_FIRST;
  }

  private static Duration pause(Schedule schedule) {
    return switch (schedule) {
      case Every(var period) -> period;
      case Daily _ -> BETWEEN_LOOKS;
    };
  }

  /** A scheduler forgets a task that throws: whatever it is, the next run makes up for it. */
  private void fire(ScheduledFunction function) {
    try {
      if (!closing) {
        function.fire();
      }
    } catch (FailedException | RuntimeException e) {
      var level = closing ? System.Logger.Level.DEBUG : System.Logger.Level.ERROR;
      LOG.log(level, function + " is made up for", e);
    }
  }

  /** Waits a little for what is under way, and then breaks it off: it is done again. */
  @Override
  public void close() {
    closing = true;
    threads.forEach(ScheduledExecutorService::shutdown);
    try {
      await();
      threads.forEach(ScheduledExecutorService::shutdownNow);
      await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void await() throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    for (ScheduledExecutorService thread : threads) {
      thread.awaitTermination(end - System.nanoTime(), TimeUnit.NANOSECONDS);
    }
  }
}
