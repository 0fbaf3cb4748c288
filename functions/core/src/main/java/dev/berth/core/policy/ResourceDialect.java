package dev.berth.core.policy;

import dev.berth.core.policy.PolicyDocument.Version;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Of the policies of ECR's resources, which name principals, and actions of ECR. */
sealed interface ResourceDialect extends Dialect {

  Pattern ACTION = Pattern.compile("\\*|(?i:ecr):[A-Za-z0-9*?]+");

  @Override
  default Optional<Selection<PolicyPrincipal>> principals(
      PolicyNode statement, Map<String, PolicyNode> elements) {
    return Optional.of(
        StatementReader.required(statement, elements, "Principal", PrincipalReader::read));
  }

  @Override
  default ActionPattern action(PolicyNode action) {
    return action.require(
        Optional.of(action.text())
            .filter(text -> ACTION.matcher(text).matches())
            .map(ActionPattern::new),
        "an action of ecr");
  }

  /** Sids may repeat and may contain spaces, as they do in the guide's examples. */
  @Override
  default void check(PolicyDocument policy) {}

  /** Of a repository, which its policy does not name: a Resource is refused. */
  record OfRepository() implements ResourceDialect {
    @Override
    public Optional<Selection<ResourcePattern>> resources(
        PolicyNode statement, Map<String, PolicyNode> elements, Version version) {
      if (elements.containsKey("Resource") || elements.containsKey("NotResource")) {
        throw statement.refused("cannot have the element 'Resource' in a repository policy");
      }
      return Optional.empty();
    }
  }

  /** Of a registry: each statement names repositories that are in it, or could be. */
  record OfRegistry(String account, String region) implements ResourceDialect {

    private static final Pattern REPOSITORIES =
        Pattern.compile(
            "arn:aws[a-z-]*:ecr:(?<region>[a-z0-9-]+):(?<account>[0-9]{12})"
                + ":repository/[a-z0-9._/*?-]+");

    @Override
    public Optional<Selection<ResourcePattern>> resources(
        PolicyNode statement, Map<String, PolicyNode> elements, Version version) {
      return Optional.of(
          StatementReader.required(
              statement, elements, "Resource", element -> resources(element, version)));
    }

    private List<ResourcePattern> resources(PolicyNode element, Version version) {
      return element.oneOrMore().stream()
          .map(
              resource ->
                  resource.require(
                      Optional.of(resource.text())
                          .filter(this::isOwn)
                          .map(arn -> ResourcePattern.of(version.template(arn))),
                      "the ARN of repositories of this registry, such as"
                          + " arn:aws:ecr:%s:%s:repository/*".formatted(region, account)))
          .toList();
    }

    private boolean isOwn(String arn) {
      Matcher matcher = REPOSITORIES.matcher(arn);
      return matcher.matches()
          && matcher.group("account").equals(account)
          && matcher.group("region").equals(region);
    }
  }
}
