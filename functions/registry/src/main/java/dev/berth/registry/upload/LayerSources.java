package dev.berth.registry.upload;

import dev.berth.core.replication.PeerSecret.Source;

/** Where layers come from that other registries replicate. */
@FunctionalInterface
public interface LayerSources {

  /**
   * What fetches the layers of a registry, by links that it has signed: whole ones, or the path and
   * query of one at the registry's own deployment.
   */
  LayerDownloads of(Source source);
}
