package dev.berth.core.throttle;

import java.util.HashMap;
import java.util.Map;

/**
 * How often each account may call each action in a region (guide, "Amazon ECR service quotas").
 *
 * @param byAction the actions of ECR, IAM and STS that have a rate of their own, without a prefix
 * @param otherwise of each of the other actions
 */
public record RateLimits(Map<String, Rate> byAction, Rate otherwise) {

  private static final String ALL = "*";

  public RateLimits {
    byAction = Map.copyOf(byAction);
  }

  /**
   * The guide names one rate: 20 authorization tokens a second, and 200 at once ("Registry
   * authentication"). What a push or pull of many layers calls is far beyond what one client can
   * do; listing and settings have the rates that ECR had for them.
   */
  public static RateLimits defaults() {
    var ofLayers = new Rate(3000, 6000);
    return new RateLimits(
        Map.of(
            "GetAuthorizationToken", new Rate(20, 200),
            "BatchCheckLayerAvailability", ofLayers,
            "InitiateLayerUpload", ofLayers,
            "UploadLayerPart", ofLayers,
            "CompleteLayerUpload", ofLayers,
            "GetDownloadUrlForLayer", ofLayers,
            "BatchGetImage", ofLayers,
            "PutImage", ofLayers,
            "ReplicateImage", ofLayers,
            "ReplicateLayer", ofLayers),
        new Rate(500, 2000));
  }

  public Rate of(String action) {
    return byAction.getOrDefault(action, otherwise);
  }

  /**
   * These, but for some actions.
   *
   * @param rates by action; {@code *} is for all actions
   */
  public RateLimits with(Map<String, Rate> rates) {
    Map<String, Rate> changed = new HashMap<>(rates.containsKey(ALL) ? Map.of() : byAction);
    changed.putAll(rates);
    Rate forOthers = changed.remove(ALL);
    return new RateLimits(changed, forOthers == null ? otherwise : forOthers);
  }
}
