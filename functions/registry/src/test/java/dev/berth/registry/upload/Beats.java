package dev.berth.registry.upload;

import dev.berth.registry.upload.Renewal.Rhythm;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;

/** Lets time pass for one renewal when a test says so. */
final class Beats implements Rhythm {

  private final BlockingQueue<Boolean> over = new LinkedBlockingQueue<>();
  private final Semaphore pausing = new Semaphore(0);

  @Override
  public boolean isOver(CountDownLatch end, Duration pause) throws InterruptedException {
    pausing.release();
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                end.await();
                over.add(true);
              } catch (InterruptedException nobodyDoes) {
                throw new AssertionError(nobodyDoes);
              }
            });
    return over.take();
  }

  /** One pause is over; returns when what follows it is done. */
  void beat() {
    try {
      pausing.acquire();
      over.add(false);
      pausing.acquire();
      pausing.release();
    } catch (InterruptedException e) {
      throw new AssertionError("nothing is renewed any more", e);
    }
  }
}
