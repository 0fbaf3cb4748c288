package dev.berth.core.policy;

import dev.berth.core.policy.PolicyDocument.Version;
import dev.berth.core.text.Excerpt;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Of the trust policies of roles, which name who may assume the role that has them: a Resource is
 * refused. What is said against them is what IAM says.
 */
final class TrustDialect implements Dialect {

  private static final Pattern ACTION = Pattern.compile("(?i:sts):[A-Za-z0-9*?]+");

  @Override
  public Optional<Selection<PolicyPrincipal>> principals(
      PolicyNode statement, Map<String, PolicyNode> elements) {
    if (!elements.containsKey("Principal") && !elements.containsKey("NotPrincipal")) {
      throw new PolicyException("Missing required field Principal");
    }
    return Optional.of(
        StatementReader.required(statement, elements, "Principal", PrincipalReader::read));
  }

  @Override
  public ActionPattern action(PolicyNode action) {
    String text = action.text();
    if (!ACTION.matcher(text).matches()) {
      throw new PolicyException(
          "AssumeRole policy may only specify STS AssumeRole actions, not '%s'."
              .formatted(Excerpt.of(text)));
    }
    return new ActionPattern(text);
  }

  @Override
  public Optional<Selection<ResourcePattern>> resources(
      PolicyNode statement, Map<String, PolicyNode> elements, Version version) {
    if (elements.containsKey("Resource") || elements.containsKey("NotResource")) {
      throw new PolicyException("Has prohibited field Resource");
    }
    return Optional.empty();
  }

  @Override
  public void check(PolicyDocument policy) {}
}
