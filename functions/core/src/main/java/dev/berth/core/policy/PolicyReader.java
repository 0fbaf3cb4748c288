package dev.berth.core.policy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.core.policy.PolicyDocument.Version;
import dev.berth.core.policy.PolicyException.TooLong;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Reads a kind of policy: the grammar of the IAM User Guide ("Grammar of the IAM JSON policy
 * language"), and what ECR's guide, or IAM, says of the kind.
 */
public final class PolicyReader {

  /** Characters of a resource policy (ECR's model: RepositoryPolicyText, RegistryPolicyText). */
  public static final int LONGEST = 10_240;

  private static final Set<String> ELEMENTS = Set.of("Version", "Id", "Statement");

  private final Dialect dialect;
  private final Consumer<String> size;

  private PolicyReader(Dialect dialect, Consumer<String> size) {
    this.dialect = dialect;
    this.size = size;
  }

  public static PolicyReader ofRepository() {
    return new PolicyReader(new ResourceDialect.OfRepository(), PolicyReader::checkLength);
  }

  public static PolicyReader ofRegistry(String account, String region) {
    return new PolicyReader(
        new ResourceDialect.OfRegistry(account, region), PolicyReader::checkLength);
  }

  /** Of a user, a role, a boundary or a session. */
  public static PolicyReader ofIdentity(PolicySize size) {
    return new PolicyReader(new IdentityDialect(), size::check);
  }

  /** Of a role: who may assume it. */
  public static PolicyReader ofTrust() {
    return new PolicyReader(new TrustDialect(), PolicySize.TRUST::check);
  }

  private static void checkLength(String text) {
    if (text.length() > LONGEST) {
      throw new TooLong("it is longer than %d characters".formatted(LONGEST));
    }
  }

  /**
   * @throws TooLong if the text has more characters than such a policy may have
   * @throws PolicyException if the text is not such a policy
   */
  public PolicyDocument read(String text) {
    size.accept(text);
    return readStored(text);
  }

  /**
   * Reads a text that {@link #read} gave, whose size was checked then: as it is written down, with
   * white space, it may be longer than what was put.
   *
   * @throws PolicyException if the text is not such a policy
   */
  public PolicyDocument readStored(String text) {
    JsonNode json = PolicyJson.read(text);
    PolicyNode policy = new PolicyNode("", json);
    Map<String, PolicyNode> elements = policy.members(ELEMENTS);
    if (!elements.containsKey("Statement")) {
      throw policy.refused("must have the element 'Statement'");
    }
    Version version =
        Optional.ofNullable(elements.get("Version"))
            .map(PolicyReader::version)
            .orElse(Version.V2008_10_17);
    var document =
        new PolicyDocument(
            PolicyJson.write(json),
            version,
            Optional.ofNullable(elements.get("Id")).map(PolicyNode::text),
            statements(elements.get("Statement"), version));
    dialect.check(document);
    return document;
  }

  private List<Statement> statements(PolicyNode element, Version version) {
    var reader = new StatementReader(dialect, version);
    return element.oneOrMore().stream().map(reader::read).toList();
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
