package dev.berth.lambda.ecr;

import dev.berth.lambda.ecr.Operations.Entry;
import dev.berth.registry.service.Services;
import dev.berth.registry.upload.LayerSources;
import java.time.Duration;
import java.util.List;

/** The table of the operations that other registries call, beside those that users do. */
public final class ReplicationOperations {

  private ReplicationOperations() {}

  /**
   * @param sources where layers come from
   * @param layerCall how long one call goes on with a layer
   */
  public static Operations of(
      Services services, RegistryHosts hosts, LayerSources sources, Duration layerCall) {
    var creation = new CreateRepository(services.repositories(), services.keys(), hosts);
    return new Operations(
        List.of(
            new Entry<>(
                ReplicateImage.Request.class,
                new ReplicateImage(services.incomingImages(), services.repositories(), creation)),
            new Entry<>(
                ReplicateLayer.Request.class,
                new ReplicateLayer(services.transfers(), services.layers(), sources, layerCall))));
  }
}
