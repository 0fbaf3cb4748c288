package dev.berth.registry.trigger;

import dev.berth.core.trigger.FunctionRequest;
import java.util.List;

/** By which one of Berth's functions starts another: the bus on which its events are, too. */
@FunctionalInterface
public interface FunctionRequests {

  /**
   * Asks; returns when the requests are taken, and what is taken is not lost. A request may be
   * taken twice.
   *
   * @param requests any number
   * @throws RuntimeException if not all were taken: who asks is to ask all of it again later
   */
  void ask(List<FunctionRequest> requests);
}
