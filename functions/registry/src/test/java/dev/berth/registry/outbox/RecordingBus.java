package dev.berth.registry.outbox;

import dev.berth.events.EcrEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** A bus that remembers what it took, and takes what it is told to take. */
public final class RecordingBus implements EventBus {

  public final List<EcrEvent> taken = new ArrayList<>();
  public int calls;
  public boolean down;
  public Predicate<EcrEvent> refused = any -> false;

  @Override
  public Map<Integer, String> publish(List<EcrEvent> events) {
    calls++;
    if (down) {
      throw new IllegalStateException("the bus is down");
    }
    Map<Integer, String> failures = new HashMap<>();
    for (int i = 0; i < events.size(); i++) {
      if (refused.test(events.get(i))) {
        failures.put(i, "InternalFailure");
      } else {
        taken.add(events.get(i));
      }
    }
    return failures;
  }

  /** And forgets it. */
  public List<EcrEvent> take() {
    List<EcrEvent> all = List.copyOf(taken);
    taken.clear();
    return all;
  }
}
