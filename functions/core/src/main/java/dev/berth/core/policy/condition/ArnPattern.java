package dev.berth.core.policy.condition;

import java.util.Arrays;
import java.util.List;

/**
 * An ARN of a policy, compared part by part: a wildcard does not reach over a colon, but in the
 * resource, which is the sixth part with all that follows (IAM User Guide, "Amazon Resource Name
 * (ARN) condition operators").
 */
public final class ArnPattern {

  private static final int PARTS = 6;

  /** Of a text with colons; those in the name of a variable do not count. */
  private static final String COLON = ":(?![^${}]*})";

  private final List<Template> parts;

  private ArnPattern(List<Template> parts) {
    this.parts = parts;
  }

  /** One of fewer parts than an ARN has matches nothing. */
  public static ArnPattern of(Template text) {
    return new ArnPattern(
        Arrays.stream(text.toString().split(COLON, PARTS)).map(text::part).toList());
  }

  public boolean matches(String arn, RequestContext context) {
    String[] actual = arn.split(":", PARTS);
    if (actual.length != PARTS || parts.size() != PARTS) {
      return false;
    }
    for (int i = 0; i < PARTS; i++) {
      if (!parts.get(i).matches(actual[i], context)) {
        return false;
      }
    }
    return true;
  }
}
