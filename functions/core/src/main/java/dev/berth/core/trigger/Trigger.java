package dev.berth.core.trigger;

/** A rule: what starts a function. */
public sealed interface Trigger {

  /** Unique: lower-case letters and hyphens. */
  String name();

  BerthFunction function();

  /**
   * @param tries how often an event is given to the function, at least 1, with growing pauses;
   *     after that it is a dead letter
   */
  record OnEvent(String name, EventPattern pattern, BerthFunction function, int tries)
      implements Trigger {}

  /** The function makes up for a failed run by itself, in the next one. */
  record OnSchedule(String name, Schedule schedule, BerthFunction function) implements Trigger {}
}
