package dev.berth.lambda;

import dev.berth.core.replication.ReplicationConfiguration.Destination;
import dev.berth.registry.replication.Peer;
import dev.berth.registry.replication.PeerException;

/** For deployments that know no other. */
public final class NoPeers {

  private NoPeers() {}

  public static Peer peer(String account, Destination destination) {
    throw new PeerException.Refused("RegionNotConfiguredException", "no region is known");
  }
}
