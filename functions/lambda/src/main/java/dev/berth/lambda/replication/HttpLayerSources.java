package dev.berth.lambda.replication;

import dev.berth.core.replication.PeerSecret.Source;
import dev.berth.registry.upload.LayerDownloads;
import dev.berth.registry.upload.LayerSources;
import java.io.IOException;

/** Fetches layers from the deployments of a directory. */
public record HttpLayerSources(PeerDirectory directory) implements LayerSources {

  @Override
  public LayerDownloads of(Source source) {
    return (link, offset, size) ->
        directory
            .find(source.region())
            .orElseThrow(
                () ->
                    new IOException(
                        "no deployment of region %s is known here".formatted(source.region())))
            .open(link, offset, size);
  }
}
