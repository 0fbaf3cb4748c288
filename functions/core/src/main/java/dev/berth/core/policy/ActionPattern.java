package dev.berth.core.policy;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Actions of ECR that a statement is about, as the policy writes them: {@code ecr:PutImage}, {@code
 * ecr:Describe*}, {@code *}. Upper and lower case are the same (IAM User Guide, "Action").
 */
public record ActionPattern(String text) {

  private static final Pattern RULE = Pattern.compile("\\*|(?i:ecr):[A-Za-z0-9*?]+");

  static Optional<ActionPattern> parse(String text) {
    return RULE.matcher(text).matches() ? Optional.of(new ActionPattern(text)) : Optional.empty();
  }

  /**
   * @param action with its service's prefix: {@code ecr:PutImage}
   */
  public boolean matches(String action) {
    return Wildcards.matches(text.toLowerCase(Locale.ROOT), action.toLowerCase(Locale.ROOT));
  }
}
