package dev.berth.registry.upload;

import dev.berth.core.oci.Digest;
import dev.berth.core.oci.RepositoryName;
import dev.berth.core.replication.PeerSecret.Source;

/**
 * A layer that another registry has, and to where it is to come.
 *
 * @param account of the registry that it comes to
 * @param size in bytes, as the other registry says
 * @param from the other registry
 */
public record IncomingLayer(
    String account, RepositoryName name, Digest digest, long size, Source from) {

  /** Whoever brings it, what has arrived is its registry's: no principal has such an id. */
  Uploader uploader() {
    return new Uploader(
        account, name, "replication/%s/%s".formatted(from.account(), from.region()));
  }
}
