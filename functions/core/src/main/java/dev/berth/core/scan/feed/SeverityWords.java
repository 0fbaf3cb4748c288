package dev.berth.core.scan.feed;

import dev.berth.core.scan.Severity;
import java.util.Locale;

/**
 * The words that Red Hat and the distributions that follow it have for severities (Red Hat,
 * "Severity ratings"; Amazon Linux Security Center, which says medium for moderate).
 */
public final class SeverityWords {

  private SeverityWords() {}

  /** Undefined if there is no such word. */
  public static Severity severity(String word) {
    return switch (word.strip().toLowerCase(Locale.ROOT)) {
      case "critical" -> Severity.CRITICAL;
      case "important" -> Severity.HIGH;
      case "moderate", "medium" -> Severity.MEDIUM;
      case "low" -> Severity.LOW;
      default -> Severity.UNDEFINED;
    };
  }
}
