package dev.berth.core.policy.condition;

import java.util.Arrays;
import java.util.List;

/**
 * An ARN of a policy, compared part by part: a wildcard does not reach over a colon, but in the
 * resource, which is the sixth part with all that follows (IAM User Guide, "Amazon Resource Name
 * (ARN) condition operators").
 */
public final class ArnPattern {

  /** Of a text with colons; those in the name of a variable do not count. */
  private static final String COLON = ":(?![^${}]*})";

  private final List<Template> parts;

  private ArnPattern(List<Template> parts) {
    this.parts = parts;
  }

  /** One of fewer parts than an ARN has matches nothing. */
  public static ArnPattern of(Template text) {
    return new ArnPattern(
        Arrays.stream(text.toString().split(COLON, Arn.PARTS)).map(text::part).toList());
  }

  /** Whether the request has a value of each of its variables. */
  public boolean isKnown(RequestContext context) {
    return Template.areKnown(parts, context);
  }

  public boolean matches(Arn arn, RequestContext context) {
    if (parts.size() != Arn.PARTS) {
      return false;
    }
    for (int i = 0; i < Arn.PARTS; i++) {
      if (!parts.get(i).matches(arn.parts().get(i), context)) {
        return false;
      }
    }
    return true;
  }

  /** What is no ARN is not matched. */
  boolean matches(String text, RequestContext context) {
    return Arn.parse(text).filter(arn -> matches(arn, context)).isPresent();
  }
}
