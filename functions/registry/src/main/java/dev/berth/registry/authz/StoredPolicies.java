package dev.berth.registry.authz;

import dev.berth.core.policy.PolicyDocument;
import dev.berth.core.policy.PolicyException;
import dev.berth.core.policy.PolicyReader;
import dev.berth.core.policy.PolicySize;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Texts of policies that were found valid when they were put, made ready once.
 *
 * <p>One that is not valid any more, for it was written by another version of this program or by
 * hand, denies everything: what it denied cannot be known, and to pass it over might allow that.
 * The root of the account can still replace the policy of a repository or a registry, as {@link
 * dev.berth.core.policy.PolicyEngine} has it.
 */
final class StoredPolicies {

  private static final Logger LOG = System.getLogger(StoredPolicies.class.getName());

  /** Of at most some 10 KB each. */
  private static final int MOST = 1_000;

  private static final PolicyDocument NOTHING_TO_ANYONE =
      PolicyReader.ofRepository()
          .read(
              """
              {"Version": "2012-10-17",
               "Statement": {"Effect": "Deny", "Principal": "*", "Action": "*"}}
              """);

  private static final PolicyDocument NOTHING =
      PolicyReader.ofIdentity(PolicySize.SESSION)
          .read(
              """
              {"Version": "2012-10-17",
               "Statement": {"Effect": "Deny", "Action": "*", "Resource": "*"}}
              """);

  private final Map<Stored, PolicyDocument> ready = new ConcurrentHashMap<>();

  /** What a policy's text is to be read as. */
  private sealed interface Kind {

    record OfRepository() implements Kind {}

    record OfRegistry(String account, String region) implements Kind {}

    record OfSession() implements Kind {}

    default PolicyReader reader() {
      return switch (this) {
        case OfRepository() -> PolicyReader.ofRepository();
        case OfRegistry(String account, String region) -> PolicyReader.ofRegistry(account, region);
        case OfSession() -> PolicyReader.ofIdentity(PolicySize.MANAGED);
      };
    }

    default PolicyDocument inItsPlace() {
      return this instanceof OfSession ? NOTHING : NOTHING_TO_ANYONE;
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
    PolicyDocument policy = read(stored, whose);
    if (ready.size() >= MOST) {
      ready.clear();
    }
    ready.put(stored, policy);
    return policy;
  }

  private static PolicyDocument read(Stored stored, String whose) {
    try {
      return stored.kind().reader().readStored(stored.text());
    } catch (PolicyException e) {
      LOG.log(
          Level.ERROR,
          "the policy of %s cannot be read, and denies everything: %s"
              .formatted(whose, e.getMessage()));
      return stored.kind().inItsPlace();
    }
  }
}
