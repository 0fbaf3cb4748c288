package dev.berth.core.trigger;

/** A rule: what starts a function. */
public sealed interface Trigger {

  /** Unique: lower-case letters and hyphens. */
  String name();

  BerthFunction function();

  /**
   * @param tries how often an event is given to the function, at least 1, with growing pauses;
   *     after that it is a dead letter
   * @param atOnce how many events the function is given at once on one host, at least 1; Lambda has
   *     a bound of its own
   */
  record OnEvent(String name, EventPattern pattern, BerthFunction function, int tries, int atOnce)
      implements Trigger {}

  /** The function makes up for a failed run by itself, in the next one. */
  record OnSchedule(String name, Schedule schedule, BerthFunction function) implements Trigger {}
}
