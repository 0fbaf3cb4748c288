package dev.berth.registry.replication;

import dev.berth.core.replication.ReplicationConfiguration.Destination;

/** Where the registries are into which a deployment replicates. */
@FunctionalInterface
public interface Peers {

  /**
   * @param account of the registry that replicates
   * @throws PeerException.Refused if nobody knows the destination's region
   */
  Peer peer(String account, Destination destination);
}
