package dev.berth.local.host;

import java.util.function.Predicate;

/**
 * What became of the dead letters of a rule.
 *
 * @param rule a user's by its name, one of Berth's own as {@code REGION/NAME}; {@code
 *     REGION/outbox} for events that the bus did not take
 * @param events how many were put back
 * @param kept how many events stay, as the host that runs has no such rule; 0 where none runs
 */
public record Redriven(String rule, long events, long kept) {

  static Redriven putBack(String rule, long events) {
    return new Redriven(rule, events, 0);
  }

  static Redriven kept(String rule, long events) {
    return new Redriven(rule, 0, events);
  }

  static String outbox(String region) {
    return region + "/outbox";
  }

  /**
   * Which rules a name stands for: the one that is called so, and without a region those of Berth's
   * own in all regions.
   */
  static Predicate<String> named(String name) {
    return rule -> rule.equals(name) || rule.endsWith("/" + name);
  }

  /** As {@link RedriveCommand} answers it. */
  String line() {
    return rule + " " + events + " " + kept;
  }

  static Redriven ofLine(String line) {
    String[] parts = line.split(" ");
    return new Redriven(parts[0], Long.parseLong(parts[1]), Long.parseLong(parts[2]));
  }
}
