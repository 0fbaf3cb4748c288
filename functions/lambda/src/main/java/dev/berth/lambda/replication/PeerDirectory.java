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
}
