package dev.berth.lambda.replication;

import java.net.URI;
import java.util.Optional;

/** Where the APIs of regions are. */
@FunctionalInterface
public interface PeerDirectory {

  /**
   * @return scheme, host and port; empty for a region that is not served, or not known
   */
  Optional<URI> endpoint(String region);

  /**
   * A link to a layer of this deployment as the others can follow it.
   *
   * @param link as clients get it
   */
  default URI reachable(URI link) {
    return link;
  }
}
