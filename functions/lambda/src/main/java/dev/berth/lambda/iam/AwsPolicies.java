package dev.berth.lambda.iam;

import dev.berth.core.policy.ManagedPolicy;
import dev.berth.registry.identity.ServiceLinkedRole;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** The managed policies that are AWS's: those to be attached, and those of service-linked roles. */
final class AwsPolicies {

  private static final String ID_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  private static final int ID_LENGTH = 17;

  /** Of ECR's managed policy (guide, "Amazon ECR updates to AWS managed policies"). */
  private static final Instant SERVICE_ROLE_POLICY = Instant.parse("2020-12-04T00:00:00Z");

  private AwsPolicies() {}

  /**
   * @param use by the policies' ARNs
   */
  static List<PolicyDetails> all(Map<String, PolicyUse.Count> use) {
    return Stream.concat(
            Arrays.stream(ManagedPolicy.values()).map(policy -> details(policy, use)),
            Arrays.stream(ServiceLinkedRole.values()).map(role -> details(role, use)))
        .toList();
  }

  static Optional<PolicyDetails> find(String arn, Map<String, PolicyUse.Count> use) {
    return all(use).stream().filter(policy -> policy.arn().equals(arn)).findFirst();
  }

  private static PolicyDetails details(ManagedPolicy policy, Map<String, PolicyUse.Count> use) {
    String text = policy.document().text();
    return details(policy.arn(), text, createdAt(policy), true, use);
  }

  private static PolicyDetails details(ServiceLinkedRole role, Map<String, PolicyUse.Count> use) {
    return details(role.policyArn(), role.permissions(), SERVICE_ROLE_POLICY, false, use);
  }

  private static PolicyDetails details(
      String arn,
      String text,
      Instant createdAt,
      boolean attachable,
      Map<String, PolicyUse.Count> use) {
    return new PolicyDetails(
        arn,
        id(arn),
        "",
        text,
        createdAt,
        Collections.emptySortedMap(),
        attachable,
        use.getOrDefault(arn, PolicyUse.Count.NONE));
  }

  /** As AWS answers it. */
  private static Instant createdAt(ManagedPolicy policy) {
    return Instant.parse(
        switch (policy) {
          case ADMINISTRATOR_ACCESS -> "2015-02-06T18:39:46Z";
          case FULL_ACCESS -> "2015-12-21T17:06:48Z";
          case POWER_USER -> "2015-12-21T17:05:33Z";
          case READ_ONLY -> "2015-12-21T17:04:15Z";
        });
  }

  /** In the form of IAM's unique identifiers, and always the same; AWS's own differ. */
  private static String id(String arn) {
    UUID name = UUID.nameUUIDFromBytes(arn.getBytes(StandardCharsets.UTF_8));
    var id = new StringBuilder("ANPA");
    for (int i = 0; i < ID_LENGTH; i++) {
      long half = i < 12 ? name.getMostSignificantBits() : name.getLeastSignificantBits();
      id.append(ID_ALPHABET.charAt((int) (half >>> (5 * (i % 12)) & 31)));
    }
    return id.toString();
  }
}
