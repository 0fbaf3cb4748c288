/**
 * Brings images that are pushed to a registry into other registries, as its replication
 * configuration says: one function plans where a push goes, another makes each attempt, and asks a
 * {@link dev.berth.registry.replication.Peer} to take the image in.
 */
package dev.berth.registry.replication;
