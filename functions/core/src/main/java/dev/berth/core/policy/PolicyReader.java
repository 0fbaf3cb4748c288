package dev.berth.core.policy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.core.policy.PolicyDocument.Version;
import dev.berth.core.policy.StatementReader.ResourceRule;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a kind of resource policy: the grammar of the IAM User Guide ("Grammar of the IAM JSON
 * policy language"), and what ECR's guide says of the kind. Sids may repeat and may contain spaces,
 * as they do in the guide's examples.
 */
public final class PolicyReader {

  /** Characters of a policy's text (ECR's model: RepositoryPolicyText, RegistryPolicyText). */
  public static final int LONGEST = 10_240;

  private static final Set<String> ELEMENTS = Set.of("Version", "Id", "Statement");

  private final StatementReader statements;

  private PolicyReader(ResourceRule resources) {
    this.statements = new StatementReader(resources);
  }

  /** Of a repository, which its policy does not name: a Resource is refused. */
  public static PolicyReader ofRepository() {
    return new PolicyReader(
        (statement, elements) -> {
          if (elements.containsKey("Resource") || elements.containsKey("NotResource")) {
            throw statement.refused("cannot have the element 'Resource' in a repository policy");
          }
          return Optional.empty();
        });
  }

  /** Of a registry: each statement names repositories that are in it, or could be. */
  public static PolicyReader ofRegistry(String account, String region) {
    return new PolicyReader(
        (statement, elements) ->
            Optional.of(
                StatementReader.required(
                    statement,
                    elements,
                    "Resource",
                    element -> resources(element, account, region))));
  }

  private static List<ResourcePattern> resources(
      PolicyNode element, String account, String region) {
    return element.oneOrMore().stream()
        .map(
            resource ->
                resource.require(
                    ResourcePattern.parse(resource.text(), account, region),
                    "the ARN of repositories of this registry, such as arn:aws:ecr:%s:%s:repository/*"
                        .formatted(region, account)))
        .toList();
  }

  /**
   * @throws PolicyException if the text is not such a policy
   */
  public PolicyDocument read(String text) {
    if (text.length() > LONGEST) {
      throw new PolicyException("it is longer than %d characters".formatted(LONGEST));
    }
    JsonNode json = PolicyJson.read(text);
    PolicyNode policy = new PolicyNode("", json);
    Map<String, PolicyNode> elements = policy.members(ELEMENTS);
    if (!elements.containsKey("Statement")) {
      throw policy.refused("must have the element 'Statement'");
    }
    return new PolicyDocument(
        PolicyJson.write(json),
        Optional.ofNullable(elements.get("Version"))
            .map(PolicyReader::version)
            .orElse(Version.V2008_10_17),
        Optional.ofNullable(elements.get("Id")).map(PolicyNode::text),
        elements.get("Statement").oneOrMore().stream().map(statements::read).toList());
  }

  private static Version version(PolicyNode element) {
    String text = element.text();
    return element.require(
        Arrays.stream(Version.values())
            .filter(version -> version.toString().equals(text))
            .findFirst(),
        "2012-10-17 or 2008-10-17");
  }
}
