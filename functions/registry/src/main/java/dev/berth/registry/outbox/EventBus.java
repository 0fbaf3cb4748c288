package dev.berth.registry.outbox;

import dev.berth.events.EcrEvent;
import java.util.List;
import java.util.Map;

/** Where events go: EventBridge on AWS, the local host's own bus on a laptop. */
public interface EventBus {

  /**
   * Publishes events. What it has taken it does not lose, and it may be given an event twice.
   *
   * @param events any number, in the order in which they happened
   * @return what it did not take: the position in the list, from 0, and why
   * @throws RuntimeException if none was taken
   */
  Map<Integer, String> publish(List<EcrEvent> events);
}
