package dev.berth.registry.lifecycle;

import static dev.berth.registry.image.Registry.ACCOUNT;
import static dev.berth.registry.image.Registry.APP;

import dev.berth.core.audit.AuditException;
import dev.berth.core.audit.AuditRecord;
import dev.berth.core.audit.PolicyExecution;
import dev.berth.core.audit.PolicyExecution.LifecycleEventImageAction;
import dev.berth.core.lifecycle.LifecyclePolicy;
import dev.berth.core.oci.Digest;
import dev.berth.registry.image.ImageDeletion;
import dev.berth.registry.image.ImageInventory;
import dev.berth.registry.image.Registry;
import dev.berth.registry.image.TagStatus;
import dev.berth.registry.store.Table;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A registry whose repository has a lifecycle policy, over a table that a test may break. */
final class ExpiringRegistry {

  final Registry registry = new Registry();
  final LifecyclePolicies policies;
  final ExpirationSteps steps;
  final LifecycleRuns runs;

  /** Comes before a record of the runs is kept, or fails it; those of the sweeper always are. */
  Runnable beforeRecord = () -> {};

  ExpiringRegistry(UnaryOperator<Table> broken) {
    Table table = broken.apply(registry.table);
    policies = new LifecyclePolicies(table);
    var deletion = new ImageDeletion(table, registry.objects, registry.reader, registry.clock);
    var audit = new ExpirationAudit(this::keep, "us-west-2", registry.clock);
    steps = new ExpirationSteps(table, deletion, audit, registry.clock);
    var inventory = new ImageInventory(table, registry.objects);
    runs = new LifecycleRuns(policies, inventory, steps, registry.clock);
  }

  private void keep(AuditRecord written) {
    beforeRecord.run();
    registry.records.add(written);
  }

  static void diskIsFull() {
    throw new AuditException("not kept", new IOException("No space left on device"));
  }

  /** A policy of one rule. */
  static LifecyclePolicy policy(String selection) {
    return LifecyclePolicy.parse(
        "{\"rules\":[{\"rulePriority\":1,\"selection\":{%s},\"action\":{\"type\":\"expire\"}}]}"
            .formatted(selection));
  }

  static LifecyclePolicy keep(int images) {
    return policy(
        "\"tagStatus\":\"any\",\"countType\":\"imageCountMoreThan\",\"countNumber\":" + images);
  }

  void put(LifecyclePolicy policy) {
    policies.put(ACCOUNT, APP, policy);
  }

  /** Each push is an hour after the former. */
  Digest push(String content, String... tags) {
    return pushManifest(registry.image(content), tags);
  }

  Digest pushManifest(String manifest, String... tags) {
    Digest digest = registry.push(manifest).digest();
    List.of(tags).forEach(tag -> registry.push(manifest, tag));
    registry.passes(Duration.ofHours(1));
    return digest;
  }

  LifecycleOutcome run() {
    return runs.run(ACCOUNT, APP, any -> {});
  }

  /** What there is. */
  List<Digest> images() {
    return registry
        .listing
        .images(ACCOUNT, APP, TagStatus.ANY, Optional.empty(), 1000)
        .entries()
        .stream()
        .map(found -> found.image().digest())
        .toList();
  }

  /** What was recorded. */
  List<String> recorded() {
    return registry.records.stream()
        .map(AuditRecord::serviceEventDetails)
        .map(details -> (PolicyExecution) details.orElseThrow())
        .flatMap(execution -> execution.lifecycleEventImageActions().stream())
        .map(LifecycleEventImageAction::lifecycleEventImage)
        .map(PolicyExecution.LifecycleEventImage::digest)
        .toList();
  }
}
