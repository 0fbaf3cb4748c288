package dev.berth.core.policy;

import dev.berth.core.policy.PolicyDocument.Version;
import dev.berth.core.text.Excerpt;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Of the policies that users, roles and their boundaries and sessions have: whom they are about is
 * not in them, and they may be about any service. What is said against them is what IAM says.
 */
final class IdentityDialect implements Dialect {

  private static final Pattern SERVICE = Pattern.compile("[A-Za-z0-9-]+");
  private static final Pattern ACTION = Pattern.compile("[A-Za-z0-9*?]+");
  private static final Pattern PARTITION = Pattern.compile("aws[a-z-]*|\\*");
  private static final Pattern SID = Pattern.compile("[0-9A-Za-z]*");

  /** How many parts of an ARN are before the resource. */
  private static final int BEFORE_RESOURCE = 5;

  @Override
  public Optional<Selection<PolicyPrincipal>> principals(
      PolicyNode statement, Map<String, PolicyNode> elements) {
    if (elements.containsKey("Principal") || elements.containsKey("NotPrincipal")) {
      throw new PolicyException("Policy document should not specify a principal.");
    }
    return Optional.empty();
  }

  @Override
  public ActionPattern action(PolicyNode action) {
    String text = action.text();
    int colon = text.indexOf(':');
    if (!text.equals("*")) {
      if (colon < 0) {
        throw new PolicyException(
            "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.");
      }
      String vendor = text.substring(0, colon);
      if (!SERVICE.matcher(vendor).matches()) {
        throw new PolicyException("Vendor %s is not valid".formatted(Excerpt.of(vendor)));
      }
      if (!ACTION.matcher(text.substring(colon + 1)).matches()) {
        throw action.refused("must be an action, not '%s'".formatted(Excerpt.of(text)));
      }
    }
    return new ActionPattern(text);
  }

  @Override
  public Optional<Selection<ResourcePattern>> resources(
      PolicyNode statement, Map<String, PolicyNode> elements, Version version) {
    if (!elements.containsKey("Resource") && !elements.containsKey("NotResource")) {
      throw new PolicyException("Policy statement must contain resources.");
    }
    return Optional.of(
        StatementReader.required(
            statement, elements, "Resource", element -> resources(element, version)));
  }

  private static List<ResourcePattern> resources(PolicyNode element, Version version) {
    return element.oneOrMore().stream()
        .map(resource -> ResourcePattern.of(version.template(checked(resource.text()))))
        .toList();
  }

  private static String checked(String resource) {
    String[] parts = resource.split(":", 3);
    if (resource.equals("*")) {
      return resource;
    }
    if (parts.length < 3 || !parts[0].equals("arn")) {
      throw new PolicyException(
          "Resource %s must be in ARN format or \"*\".".formatted(Excerpt.of(resource)));
    }
    if (!PARTITION.matcher(parts[1]).matches()) {
      throw new PolicyException(
          "Partition \"%s\" is not valid for resource \"%s\"."
              .formatted(Excerpt.of(parts[1]), Excerpt.of(resource)));
    }
    if (resource.chars().filter(c -> c == ':').count() < BEFORE_RESOURCE) {
      throw new PolicyException("The policy failed legacy parsing");
    }
    return resource;
  }

  @Override
  public void check(PolicyDocument policy) {
    Set<String> sids = new HashSet<>();
    for (Statement statement : policy.statements()) {
      if (!SID.matcher(statement.sid().orElse("")).matches()) {
        throw new PolicyException(
            "Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the"
                + " regular expression [0-9A-Za-z]*");
      }
      if (!statement.sid().map(sids::add).orElse(true)) {
        throw new PolicyException("Statement IDs (SID) in a single policy must be unique.");
      }
    }
  }
}
