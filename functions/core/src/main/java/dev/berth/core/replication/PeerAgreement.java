package dev.berth.core.replication;

import dev.berth.core.replication.PeerSecret.Source;
import java.util.function.Predicate;

/**
 * What two deployments agreed on, as one of them has it: the other one's region, and the accounts
 * as which that one may replicate into this one. Each has an agreement of its own with the same
 * secret. Never printed with it.
 *
 * @param region of the other deployment, which has one agreement with this one
 * @param sameIdentities whether both keep their identities (IAM) in one table, as the regions of
 *     one deployment do; else the roles of the other one's accounts are not known here
 * @param accounts the only ones that the other one may replicate as; it may change which they are
 */
public record PeerAgreement(
    String region, boolean sameIdentities, Predicate<String> accounts, PeerSecret secret) {

  boolean covers(Source source) {
    return source.region().equals(region) && accounts.test(source.account());
  }

  @Override
  public String toString() {
    return "PeerAgreement[" + region + "]";
  }
}
