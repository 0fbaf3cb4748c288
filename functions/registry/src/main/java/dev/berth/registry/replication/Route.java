package dev.berth.registry.replication;

import dev.berth.core.oci.RepositoryName;
import dev.berth.core.replication.ReplicationConfiguration.Destination;

/**
 * From where to where one attempt goes.
 *
 * @param account of the registry that replicates
 * @param within whether both registries are of one deployment, so that layers are copied inside its
 *     store
 */
record Route(
    String account,
    RepositoryName repositoryName,
    Destination destination,
    boolean within,
    Peer peer,
    Budget budget) {}
