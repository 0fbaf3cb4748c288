package dev.berth.lambda.wiring;

import dev.berth.core.quota.Quotas;
import dev.berth.core.throttle.RateLimits;
import dev.berth.registry.upload.PartSizes;
import java.time.Duration;

/**
 * How much of everything a deployment takes: in a part, in a registry, and in a second.
 *
 * @param layerCall how long one call goes on with a layer that another registry replicates
 */
public record DeploymentLimits(
    PartSizes partSizes, Quotas quotas, RateLimits rates, Duration layerCall) {

  /** API Gateway waits 29 seconds, and what a call waits for at its end comes on top. */
  private static final Duration LAYER_CALL = Duration.ofSeconds(20);

  public DeploymentLimits(PartSizes partSizes, Quotas quotas, RateLimits rates) {
    this(partSizes, quotas, rates, LAYER_CALL);
  }

  /** The guide's, where bodies are streamed. */
  public static DeploymentLimits standard() {
    return new DeploymentLimits(PartSizes.defaults(), Quotas.standard(), RateLimits.defaults());
  }
}
