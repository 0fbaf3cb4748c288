package dev.berth.lambda.wiring;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.berth.core.trigger.BerthFunction;
import dev.berth.lambda.handler.EventFunction;
import dev.berth.lambda.handler.EventFunction.Work;
import dev.berth.lambda.lifecycle.LifecycleFunctions;
import dev.berth.registry.gc.CollectionRuns;
import dev.berth.registry.outbox.Drainer;
import dev.berth.registry.scan.update.FeedUpdates;
import dev.berth.registry.service.Services;
import java.util.EnumMap;
import java.util.Map;

/** What each function of a deployment does when its rule starts it. */
final class Functions {

  private final Map<BerthFunction, RequestStreamHandler> all = new EnumMap<>(BerthFunction.class);

  Functions(
      Services services,
      Drainer drainer,
      CollectionRuns collection,
      ReplicationFunctions replication,
      LifecycleFunctions lifecycle,
      ScanFunctions scans,
      FeedUpdates feeds) {
    add(BerthFunction.LIFECYCLE, lifecycle::askForAll);
    add(BerthFunction.LIFECYCLE_EVALUATION, lifecycle::evaluate);
    add(BerthFunction.REPLICATION, replication.planning()::plan);
    add(BerthFunction.REPLICATION_ATTEMPT, replication.sending()::attempt);
    add(BerthFunction.SWEEP, _ -> sweep(services, replication, scans));
    add(BerthFunction.SCAN, scans::scan);
    add(BerthFunction.FEEDS, _ -> feeds.run());
    add(BerthFunction.COLLECTION, _ -> collection.runIfDue());
    add(BerthFunction.OUTBOX, _ -> drainer.run());
  }

  private static void sweep(
      Services services, ReplicationFunctions replication, ScanFunctions scans) {
    services.sweeper().run();
    replication.followUp().run();
    scans.followUp();
  }

  private void add(BerthFunction function, Work work) {
    all.put(function, new EventFunction(work));
  }

  Map<BerthFunction, RequestStreamHandler> all() {
    return Map.copyOf(all);
  }
}
