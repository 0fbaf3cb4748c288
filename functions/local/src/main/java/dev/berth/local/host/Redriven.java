package dev.berth.local.host;

import java.util.function.Predicate;

/**
 * How many dead letters of a rule were put back.
 *
 * @param rule a user's by its name, one of Berth's own as {@code REGION/NAME}; {@code
 *     REGION/outbox} for events that the bus did not take
 */
public record Redriven(String rule, long events) {

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
    return rule + " " + events;
  }

  static Redriven ofLine(String line) {
    String[] parts = line.split(" ");
    return new Redriven(parts[0], Long.parseLong(parts[1]));
  }
}
