package dev.berth.registry.authz;

import dev.berth.core.policy.PolicyDocument;
import dev.berth.core.policy.PolicyReader;
import dev.berth.registry.identity.KeptPolicy;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Texts of policies that were found valid when they were put, made ready once.
 *
 * <p>One that cannot be read denies everything, as {@link KeptPolicy} has it. The root of the
 * account can still replace the policy of a repository or a registry, as {@link
 * dev.berth.core.policy.PolicyEngine} has it.
 */
final class StoredPolicies {

  /** Of at most some 10 KB each. */
  private static final int MOST = 1_000;

  private final Map<Stored, PolicyDocument> ready = new ConcurrentHashMap<>();

  /** What a policy's text is to be read as. */
  private sealed interface Kind {

    record OfRepository() implements Kind {}

    record OfRegistry(String account, String region) implements Kind {}

    record OfSession() implements Kind {}

    default PolicyDocument read(String text, String whose) {
      return switch (this) {
        case OfRepository() -> KeptPolicy.ofResource(PolicyReader.ofRepository(), text, whose);
        case OfRegistry(String account, String region) ->
            KeptPolicy.ofResource(PolicyReader.ofRegistry(account, region), text, whose);
        case OfSession() -> KeptPolicy.ofIdentity(text, whose);
      };
    }
  }

  private record Stored(Kind kind, String text) {}

  PolicyDocument ofRepository(String arn, String text) {
    return ready(new Stored(new Kind.OfRepository(), text), arn);
  }

  PolicyDocument ofRegistry(String account, String region, String text) {
    return ready(new Stored(new Kind.OfRegistry(account, region), text), "registry " + account);
  }

  /**
   * @param arn of the session
   */
  PolicyDocument ofSession(String arn, String text) {
    return ready(new Stored(new Kind.OfSession(), text), arn);
  }

  private PolicyDocument ready(Stored stored, String whose) {
    PolicyDocument before = ready.get(stored);
    return before == null ? make(stored, whose) : before;
  }

  private PolicyDocument make(Stored stored, String whose) {
    PolicyDocument policy = stored.kind().read(stored.text(), whose);
    if (ready.size() >= MOST) {
      ready.clear();
    }
    ready.put(stored, policy);
    return policy;
  }
}
