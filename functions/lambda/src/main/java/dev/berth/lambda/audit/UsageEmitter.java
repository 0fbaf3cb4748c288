package dev.berth.lambda.audit;

import dev.berth.core.usage.CallCounts;
import dev.berth.core.usage.CallCounts.CallCount;
import dev.berth.core.usage.EmfDocument;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Writes what was called since the last time to a Lambda function's log group, once a minute. A
 * function that is not invoked is frozen, so it has no timer: {@link #invoked} looks at the clock.
 */
public final class UsageEmitter {

  private static final Logger LOG = System.getLogger(UsageEmitter.class.getName());
  private static final Duration PERIOD = Duration.ofMinutes(1);

  private final CallCounts counts;
  private final OutputStream out;
  private final Clock clock;
  private final Map<Series, Long> emitted = new HashMap<>();
  private Instant last;

  private record Series(String account, String action) {}

  /**
   * @param out not closed by this
   */
  public UsageEmitter(CallCounts counts, OutputStream out, Clock clock) {
    this.counts = counts;
    this.out = out;
    this.clock = clock;
    this.last = clock.instant();
  }

  /** To be called at the end of each invocation: writes where a minute has passed. */
  public synchronized void invoked() {
    Instant now = clock.instant();
    if (Duration.between(last, now).compareTo(PERIOD) >= 0) {
      last = now;
      emit(now);
    }
  }

  /** Writes what is left, at the end of the function's environment. */
  public synchronized void flush() {
    emit(clock.instant());
  }

  private void emit(Instant now) {
    try {
      for (CallCount count : counts.counts()) {
        emit(now, count);
      }
      out.flush();
    } catch (IOException e) {
      // what was not written is still to be counted: the next time tells it too
      LOG.log(Level.WARNING, "usage metrics are late: they cannot be written", e);
    }
  }

  private void emit(Instant now, CallCount count) throws IOException {
    var series = new Series(count.account(), count.action());
    long calls = count.calls() - emitted.getOrDefault(series, 0L);
    if (calls > 0) {
      out.write(EmfDocument.line(now, count.account(), count.action(), calls));
      emitted.put(series, count.calls());
    }
  }
}
