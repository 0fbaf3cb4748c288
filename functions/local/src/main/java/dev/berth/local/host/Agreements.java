package dev.berth.local.host;

import dev.berth.core.replication.PeerAgreement;
import dev.berth.core.replication.PeerAgreements;
import dev.berth.core.replication.PeerSecret;
import dev.berth.lambda.replication.AgreedPeer;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import javax.crypto.SecretKey;

/**
 * The agreements of a host's regions: with each other, which nobody has to make, and with the
 * deployments of others.
 *
 * @param root what secrets of the host's own are derived from: one for each two regions
 * @param regions of the host
 * @param accounts whether an account is one of the host's, which may be added while it runs
 */
record Agreements(
    SecretKey root, List<String> regions, Predicate<String> accounts, List<AgreedPeer> others) {

  PeerAgreements of(String region) {
    return new PeerAgreements(
        Stream.concat(
                regions.stream().map(other -> own(region, other)),
                others.stream().map(AgreedPeer::agreement))
            .toList());
  }

  private PeerAgreement own(String region, String other) {
    return new PeerAgreement(other, true, accounts, PeerSecret.between(root, region, other));
  }

  @Override
  public String toString() {
    return "Agreements" + regions;
  }
}
