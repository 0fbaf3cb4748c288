package dev.berth.local.host;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Collects every deployment's garbage when it is due, as long as the host runs. */
final class Collecting implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(Collecting.class.getName());

  /** The first clients are not to wait for it. */
  private static final long FIRST_MINUTE = 1;

  private static final long MINUTES_BETWEEN_LOOKS = 5;

  private final ScheduledExecutorService scheduler =
      Executors.newSingleThreadScheduledExecutor(
          run -> Thread.ofPlatform().daemon().name("collector").unstarted(run));

  Collecting(Collection<LocalDeployment> deployments) {
    List<LocalDeployment> all = List.copyOf(deployments);
    scheduler.scheduleWithFixedDelay(
        () -> all.forEach(Collecting::collectIfDue),
        FIRST_MINUTE,
        MINUTES_BETWEEN_LOOKS,
        TimeUnit.MINUTES);
  }

  /** A scheduler forgets a task that throws: whatever it is, the next look tries again. */
  private static void collectIfDue(LocalDeployment deployment) {
    try {
      if (deployment.isCollectionDue()) {
        LOG.log(
            System.Logger.Level.DEBUG,
            "collected in {0}: {1}",
            deployment,
            deployment.collect(false));
      }
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "collection in " + deployment + " failed", e);
    }
  }

  /** Waits a while for a run under way: what it leaves undone the next one does. */
  @Override
  public void close() {
    scheduler.shutdownNow();
    try {
      scheduler.awaitTermination(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
