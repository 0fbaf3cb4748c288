package dev.berth.local.bus;

import java.io.IOException;
import java.util.List;
import software.amazon.event.ruler.JsonRuleCompiler;
import software.amazon.event.ruler.Machine;

/** Tells which events are of a pattern that is in the language of EventBridge rules. */
public final class EventMatcher {

  private static final String ONLY = "pattern";

  private final Machine machine;

  private EventMatcher(Machine machine) {
    this.machine = machine;
  }

  /**
   * @throws IllegalArgumentException if it is no pattern; the message says why
   */
  public static EventMatcher of(String json) {
    String fault = JsonRuleCompiler.check(json);
    if (fault != null) {
      throw new IllegalArgumentException(fault);
    }
    try {
      var machine = Machine.builder().build();
      machine.addRule(ONLY, json);
      return new EventMatcher(machine);
    } catch (IOException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  /** Whether an event is of this pattern; text that is no JSON is of none. */
  public boolean matches(String event) {
    try {
      List<String> matched = machine.rulesForJSONEvent(event);
      return !matched.isEmpty();
    } catch (Exception e) {
      return false;
    }
  }
}
