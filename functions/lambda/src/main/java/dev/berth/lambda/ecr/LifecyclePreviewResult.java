package dev.berth.lambda.ecr;

import dev.berth.core.oci.Tag;
import dev.berth.registry.lifecycle.ExpiringImage;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * ECR's LifecyclePolicyPreviewResult.
 *
 * @param imageTags absent where the image has none
 */
record LifecyclePreviewResult(
    Optional<List<String>> imageTags,
    String imageDigest,
    Instant imagePushedAt,
    RuleAction action,
    int appliedRulePriority) {

  /** ECR's LifecyclePolicyRuleAction. */
  record RuleAction(String type) {}

  private static final RuleAction EXPIRE = new RuleAction("EXPIRE");

  static LifecyclePreviewResult of(ExpiringImage image) {
    return new LifecyclePreviewResult(
        Optional.of(image.tags().stream().map(Tag::value).toList()).filter(tags -> !tags.isEmpty()),
        image.digest().toString(),
        image.pushedAt(),
        EXPIRE,
        image.rulePriority());
  }
}
