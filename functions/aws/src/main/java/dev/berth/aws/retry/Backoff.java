package dev.berth.aws.retry;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Pauses between attempts: each twice as long as the one before up to a longest, and half of it
 * random, so that callers that met do not meet again.
 *
 * @param attempts how many pauses there are at most
 */
public record Backoff(Duration first, Duration longest, int attempts, Sleeper sleeper) {

  /** How a pause is spent. */
  public interface Sleeper {
    void sleep(Duration duration) throws InterruptedException;
  }

  /**
   * Adds up to between 5 and 10 seconds: DynamoDB finishes a transaction that it lost sight of at
   * the first replay after 5 seconds.
   */
  public static Backoff standard() {
    return new Backoff(Duration.ofMillis(20), Duration.ofSeconds(1), 16, Thread::sleep);
  }

  /**
   * Waits before another attempt.
   *
   * @param attempt how many pauses came before, from 0
   * @return false, without a wait, if there is to be no further attempt: the last was made, or the
   *     thread is interrupted
   */
  public boolean pause(int attempt) {
    if (attempt >= attempts) {
      return false;
    }
    // 20 doublings pass every longest pause that makes sense
    long pause = Math.min(longest.toNanos(), first.toNanos() << Math.min(attempt, 20));
    try {
      sleeper.sleep(Duration.ofNanos(pause - ThreadLocalRandom.current().nextLong(pause / 2)));
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
