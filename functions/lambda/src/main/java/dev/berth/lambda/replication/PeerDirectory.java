package dev.berth.lambda.replication;

import java.net.URI;
import java.util.Optional;

/** Where the deployments of regions are. */
@FunctionalInterface
public interface PeerDirectory {

  /**
   * @return empty for a region that is not served, or not known
   */
  Optional<PeerSite> find(String region);

  /**
   * A link to a layer of this deployment as the others are told it: path and query alone where it
   * leads to this deployment itself, as each of them knows best how that is reached.
   *
   * @param link as clients get it
   */
  default URI told(URI link) {
    return link;
  }
}
