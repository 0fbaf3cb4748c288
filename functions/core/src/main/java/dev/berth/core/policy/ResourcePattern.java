package dev.berth.core.policy;

import dev.berth.core.policy.condition.Arn;
import dev.berth.core.policy.condition.ArnPattern;
import dev.berth.core.policy.condition.RequestContext;
import dev.berth.core.policy.condition.Template;
import java.util.Optional;

/**
 * Resources that a statement is about: {@code *}, or an ARN whose parts may have wildcards and
 * policy variables, {@code arn:aws:ecr:*:111122223333:repository/${aws:username}/*}.
 */
public final class ResourcePattern {

  /** Empty for what matches whatever it is asked. */
  private final Optional<ArnPattern> arn;

  private ResourcePattern(Optional<ArnPattern> arn) {
    this.arn = arn;
  }

  static ResourcePattern of(Template text) {
    return new ResourcePattern(
        text.toString().equals("*") ? Optional.empty() : Optional.of(ArnPattern.of(text)));
  }

  /**
   * @param resource empty for an action that is on no resource: only {@code *} matches that
   */
  public boolean matches(Optional<Arn> resource, RequestContext context) {
    return arn.isEmpty() || resource.isPresent() && arn.get().matches(resource.get(), context);
  }

  /** Whether the request has a value of each of its variables, without which it means nothing. */
  boolean isKnown(RequestContext context) {
    return arn.isEmpty() || arn.get().isKnown(context);
  }
}
