package dev.berth.core.policy;

import dev.berth.core.policy.condition.Glob;
import java.util.Locale;

/**
 * Actions that a statement is about: {@code ecr:PutImage}, {@code ecr:Describe*}, {@code *}. Upper
 * and lower case are the same (IAM User Guide, "Action").
 */
public final class ActionPattern {

  private final Glob glob;

  ActionPattern(String text) {
    this.glob = Glob.of(lowerCase(text));
  }

  /**
   * @param action with its service's prefix: {@code ecr:PutImage}
   */
  public boolean matches(String action) {
    return glob.matches(lowerCase(action));
  }

  private static String lowerCase(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
