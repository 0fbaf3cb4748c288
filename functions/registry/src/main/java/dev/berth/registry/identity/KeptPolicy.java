package dev.berth.registry.identity;

import dev.berth.core.policy.PolicyDocument;
import dev.berth.core.policy.PolicyException;
import dev.berth.core.policy.PolicyReader;
import dev.berth.core.policy.PolicySize;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * Reads texts of policies that were found valid when they were put.
 *
 * <p>One that is not valid any more, for it was written by another version of this program or by
 * hand, denies everything: what it denied cannot be known, and to pass it over might allow that.
 */
public final class KeptPolicy {

  private static final Logger LOG = System.getLogger(KeptPolicy.class.getName());

  /** Of sizes that were checked: the widest bound is enough. */
  private static final PolicyReader OF_IDENTITY = PolicyReader.ofIdentity(PolicySize.MANAGED);

  private static final PolicyDocument NOTHING =
      OF_IDENTITY.read(
          """
          {"Version": "2012-10-17",
           "Statement": {"Effect": "Deny", "Action": "*", "Resource": "*"}}
          """);

  private static final PolicyDocument NOTHING_TO_ANYONE =
      PolicyReader.ofRepository()
          .read(
              """
              {"Version": "2012-10-17",
               "Statement": {"Effect": "Deny", "Principal": "*", "Action": "*"}}
              """);

  private KeptPolicy() {}

  /**
   * A policy of a user, a role or a session.
   *
   * @param whose it is, for the log
   */
  public static PolicyDocument ofIdentity(String text, String whose) {
    return read(OF_IDENTITY, text, whose, NOTHING);
  }

  /**
   * A policy of a resource, such as the trust policy of a role.
   *
   * @param reader of its kind
   * @param whose it is, for the log
   */
  public static PolicyDocument ofResource(PolicyReader reader, String text, String whose) {
    return read(reader, text, whose, NOTHING_TO_ANYONE);
  }

  private static PolicyDocument read(
      PolicyReader reader, String text, String whose, PolicyDocument inItsPlace) {
    try {
      return reader.readStored(text);
    } catch (PolicyException e) {
      LOG.log(
          Level.ERROR,
          "the policy of %s cannot be read, and denies everything: %s"
              .formatted(whose, e.getMessage()));
      return inItsPlace;
    }
  }
}
