package dev.berth.aws.eventbridge;

import dev.berth.core.text.Excerpt;
import java.util.Set;

/**
 * Why EventBridge did not take an entry.
 *
 * @param code of its error
 */
record Refusal(String code, String message) {

  /** EventBridge API Reference, "PutEventsResultEntry": those that may pass. */
  private static final Set<String> PASSING =
      Set.of("InternalFailure", "InternalException", "ThrottlingException", "Throttling");

  static Refusal tooLarge(int bytes) {
    return new Refusal(
        "EntryTooLarge",
        "the event has %d bytes, EventBridge takes %d".formatted(bytes, Batches.ENTRY_BYTES));
  }

  boolean mayPass() {
    return PASSING.contains(code);
  }

  @Override
  public String toString() {
    return Excerpt.of(code + ": " + message);
  }
}
