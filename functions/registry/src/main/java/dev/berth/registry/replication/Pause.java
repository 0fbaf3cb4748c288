package dev.berth.registry.replication;

import java.time.Duration;

/** How time passes between two looks. */
@FunctionalInterface
public interface Pause {

  void pause(Duration length) throws InterruptedException;
}
