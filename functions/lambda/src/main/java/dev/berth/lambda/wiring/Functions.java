package dev.berth.lambda.wiring;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.berth.core.trigger.BerthFunction;
import dev.berth.lambda.handler.EventFunction;
import dev.berth.lambda.handler.EventFunction.Work;
import dev.berth.registry.gc.CollectionRuns;
import dev.berth.registry.outbox.Drainer;
import dev.berth.registry.service.Services;
import java.util.EnumMap;
import java.util.Map;

/** What each function of a deployment does when its rule starts it. */
final class Functions {

  private final Map<BerthFunction, RequestStreamHandler> all = new EnumMap<>(BerthFunction.class);

  Functions(Services services, Drainer drainer, CollectionRuns collection) {
    add(BerthFunction.SWEEP, _ -> services.sweeper().run());
    add(BerthFunction.COLLECTION, _ -> collection.runIfDue());
    add(BerthFunction.OUTBOX, _ -> drainer.run());
  }

  private void add(BerthFunction function, Work work) {
    all.put(function, new EventFunction(work));
  }

  Map<BerthFunction, RequestStreamHandler> all() {
    return Map.copyOf(all);
  }
}
