package dev.berth.registry.lifecycle;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.berth.core.audit.AuditLog;
import dev.berth.core.audit.PolicyExecution;
import dev.berth.core.audit.PolicyExecution.LifecycleEventImage;
import dev.berth.core.audit.PolicyExecution.LifecycleEventImageAction;
import dev.berth.core.audit.PolicyExecution.LifecycleEventPolicy;
import dev.berth.core.audit.PolicyExecution.LifecycleEventRule;
import dev.berth.core.audit.PolicyExecution.LifecycleEventSelection;
import dev.berth.core.audit.ServiceEvents;
import dev.berth.core.lifecycle.ExpiryLimit;
import dev.berth.core.lifecycle.ExpiryLimit.ImageCount;
import dev.berth.core.lifecycle.ExpiryLimit.SincePulled;
import dev.berth.core.lifecycle.ExpiryLimit.SincePushed;
import dev.berth.core.lifecycle.LifecyclePolicy;
import dev.berth.core.lifecycle.LifecycleRule;
import dev.berth.core.lifecycle.TagPattern;
import dev.berth.core.lifecycle.TagSelection;
import dev.berth.core.lifecycle.TagSelection.Any;
import dev.berth.core.lifecycle.TagSelection.Tagged;
import dev.berth.core.lifecycle.TagSelection.Untagged;
import dev.berth.core.oci.Tag;
import dev.berth.registry.work.Work.ExpireImages;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Records what lifecycle policies expire, as the guide shows it ("Logging Amazon ECR actions with
 * AWS CloudTrail", PolicyExecutionEvent).
 *
 * @param region of the deployment
 * @param wall what time it is in records
 */
public record ExpirationAudit(AuditLog log, String region, Clock wall) {

  /** The only one that the guide shows. */
  private static final int POLICY_VERSION = 1;

  private static final String EXPIRE = "expire";

  /**
   * The same images of the same step are one event, also where it is recorded twice.
   *
   * @throws dev.berth.core.audit.AuditException if it is not recorded
   */
  void record(ExpireImages step, List<ExpiringImage> images) {
    String digests =
        images.stream().map(image -> image.digest().toString()).collect(Collectors.joining(" "));
    log.keep(
        ServiceEvents.policyExecution(
            step.account(),
            region,
            wall.instant(),
            execution(step, images),
            UUID.nameUUIDFromBytes((step.step() + " " + digests).getBytes(UTF_8)).toString()));
  }

  private static PolicyExecution execution(ExpireImages step, List<ExpiringImage> images) {
    return new PolicyExecution(
        step.repositoryName().value(),
        new LifecycleEventPolicy(
            LifecyclePolicy.parse(step.policyText()).rules().stream()
                .map(ExpirationAudit::rule)
                .toList(),
            step.lastEvaluatedAt().map(Instant::toEpochMilli).orElse(0L),
            POLICY_VERSION,
            EffectivePolicy.idOf(step.policyText())),
        images.stream().map(ExpirationAudit::action).toList());
  }

  private static LifecycleEventImageAction action(ExpiringImage image) {
    return new LifecycleEventImageAction(
        LifecycleEventImage.of(
            image.digest().toString(),
            image.tags().stream().map(Tag::value).toList(),
            image.pushedAt()),
        image.rulePriority());
  }

  private static LifecycleEventRule rule(LifecycleRule rule) {
    return new LifecycleEventRule(
        rule.priority(),
        rule.description().orElse(""),
        selection(rule.selection(), rule.limit()),
        EXPIRE);
  }

  private static LifecycleEventSelection selection(TagSelection tags, ExpiryLimit limit) {
    String type =
        switch (limit) {
          case ImageCount _ -> "Image count more than";
          case SincePushed _ -> "Since image pushed";
          case SincePulled _ -> "Since image pulled";
        };
    long number =
        switch (limit) {
          case ImageCount(int most) -> most;
          case SincePushed(int days) -> days;
          case SincePulled(int days) -> days;
        };
    return switch (tags) {
      case Any _ -> new LifecycleEventSelection("Any", List.of(), type, number);
      case Untagged _ -> new LifecycleEventSelection("Untagged", List.of(), type, number);
      case Tagged(List<TagPattern> patterns) ->
          new LifecycleEventSelection(
              "Tagged", patterns.stream().map(ExpirationAudit::text).toList(), type, number);
    };
  }

  /**
   * The guide's record has one list, of prefixes: what is more than one is written as a pattern.
   */
  private static String text(TagPattern pattern) {
    List<String> texts = pattern.texts();
    boolean prefix = texts.size() == 2 && texts.getLast().isEmpty();
    return prefix ? texts.getFirst() : String.join("*", texts);
  }
}
