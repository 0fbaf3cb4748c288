package dev.berth.core.policy;

/** What a statement that applies says. */
public enum Effect {
  ALLOW("Allow"),
  DENY("Deny");

  private final String text;

  Effect(String text) {
    this.text = text;
  }

  /** As a policy writes it. */
  @Override
  public String toString() {
    return text;
  }
}
