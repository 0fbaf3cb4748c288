package dev.berth.local.bus;

import dev.berth.local.bus.OwnFunction.FailedException;
import dev.berth.registry.trigger.LastingFailure;

/**
 * Has one of Berth's functions handle events, however long each takes.
 *
 * @param parallelism how many at once
 */
record OwnFunctionSender(OwnFunction function, int parallelism) implements Sender {

  @Override
  public void send(String event) throws RefusedException, InterruptedException {
    try {
      function.invoke(event);
    } catch (FailedException e) {
      throw e.getCause() instanceof LastingFailure
          ? RefusedException.forGood(e.getMessage())
          : RefusedException.failed(e.getMessage(), e.getCause());
    }
    if (Thread.interrupted()) {
      throw new InterruptedException("it may have been broken off half-way");
    }
  }
}
