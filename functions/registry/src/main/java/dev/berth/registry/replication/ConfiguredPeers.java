package dev.berth.registry.replication;

import dev.berth.core.replication.ReplicationConfiguration.Destination;
import dev.berth.registry.settings.ReplicationSettings;

/**
 * The registries that the replication configuration names now: what was planned before goes on only
 * while its destination is still in it. Whether a rule's filter still matches does not matter, as a
 * push is replicated by the rules that it found. An attempt under way may complete, as where a
 * permission is removed (guide, "Considerations for private image replication").
 */
public record ConfiguredPeers(ReplicationSettings settings, Peers peers) implements Peers {

  /**
   * @throws PeerException.Refused if the registry does not replicate there any more, too
   */
  @Override
  public Peer peer(String account, Destination destination) {
    if (!settings.find(account).names(destination)) {
      throw new PeerException.Refused(
          "DestinationRemovedException",
          "the replication configuration does not name registry %s in %s any more"
              .formatted(destination.registryId(), destination.region()));
    }
    return peers.peer(account, destination);
  }
}
