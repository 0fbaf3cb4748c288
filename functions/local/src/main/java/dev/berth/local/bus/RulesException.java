package dev.berth.local.bus;

/** A file of rules that cannot be used; the message says which rule is wrong, and what of it. */
public final class RulesException extends RuntimeException {
  RulesException(String message) {
    super(message, null, false, false);
  }
}
