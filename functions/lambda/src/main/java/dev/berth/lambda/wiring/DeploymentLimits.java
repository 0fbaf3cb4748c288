package dev.berth.lambda.wiring;

import dev.berth.core.quota.Quotas;
import dev.berth.core.throttle.RateLimits;
import dev.berth.registry.upload.PartSizes;

/** How much of everything a deployment takes: in a part, in a registry, and in a second. */
public record DeploymentLimits(PartSizes partSizes, Quotas quotas, RateLimits rates) {

  /** The guide's, where bodies are streamed. */
  public static DeploymentLimits standard() {
    return new DeploymentLimits(PartSizes.defaults(), Quotas.standard(), RateLimits.defaults());
  }
}
