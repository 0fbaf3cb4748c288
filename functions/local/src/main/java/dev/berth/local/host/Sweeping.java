package dev.berth.local.host;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Runs every deployment's sweeper now and then, beginning at once. */
final class Sweeping implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(Sweeping.class.getName());
  private static final long PAUSE_SECONDS = 10;

  private final ScheduledExecutorService scheduler =
      Executors.newSingleThreadScheduledExecutor(
          run -> Thread.ofPlatform().daemon().name("sweeper").unstarted(run));

  Sweeping(Collection<LocalDeployment> deployments) {
    List<LocalDeployment> all = List.copyOf(deployments);
    scheduler.scheduleWithFixedDelay(
        () -> all.forEach(Sweeping::sweep), 0, PAUSE_SECONDS, TimeUnit.SECONDS);
  }

  /** A scheduler forgets a task that throws: whatever it is, the next run tries again. */
  private static void sweep(LocalDeployment deployment) {
    try {
      deployment.sweep();
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "sweeping of " + deployment + " failed", e);
    }
  }

  /** Waits for a run under way, unless interrupted: what it leaves half done is done again. */
  @Override
  public void close() {
    scheduler.shutdown();
    try {
      scheduler.awaitTermination(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
