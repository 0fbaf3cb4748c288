package dev.berth.registry.lifecycle;

import dev.berth.core.lifecycle.ExpirationFamilies.Member;
import dev.berth.core.lifecycle.LifecycleEvaluation;
import dev.berth.core.lifecycle.LifecyclePolicy;
import dev.berth.core.oci.RepositoryName;
import dev.berth.registry.RegistryException.RepositoryNotFound;
import dev.berth.registry.image.ImageDeletion;
import dev.berth.registry.image.ImageInventory;
import dev.berth.registry.image.ImageInventory.Stock;
import dev.berth.registry.repository.Repository;
import dev.berth.registry.repository.RepositoryReader;
import dev.berth.registry.store.Objects;
import dev.berth.registry.store.Table;
import dev.berth.registry.work.Work.ExpireImages;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.IntConsumer;

/**
 * Runs the lifecycle policies of repositories: deletes the images that expire. It may be stopped
 * anywhere and run by several at once.
 *
 * <p>An image goes only if it still is what the evaluation saw: not pushed anew, without a tag
 * given or taken, in no index; and where its age since a pull decided, not pulled since. Otherwise
 * it is left for the next run, which sees it as it is then. A policy that is changed meanwhile ends
 * the run at the next step.
 */
public final class LifecycleRuns {

  /** Of deleting; what is left then the next run does. How long reading takes does not count. */
  private static final Duration LONGEST_RUN = Duration.ofMinutes(5);

  private final LifecyclePolicies policies;
  private final ImageInventory inventory;
  private final ExpirationSteps steps;
  private final Clock clock;

  public LifecycleRuns(
      LifecyclePolicies policies, ImageInventory inventory, ExpirationSteps steps, Clock clock) {
    this.policies = policies;
    this.inventory = inventory;
    this.steps = steps;
    this.clock = clock;
  }

  /** Over what a deployment keeps. */
  public static LifecycleRuns over(
      Table table, Objects objects, ExpirationAudit audit, Clock clock) {
    var deletion = new ImageDeletion(table, objects, new RepositoryReader(table), clock);
    return new LifecycleRuns(
        new LifecyclePolicies(table),
        new ImageInventory(table, objects),
        new ExpirationSteps(table, deletion, audit, clock),
        clock);
  }

  /**
   * What a run would expire now; empty where there is no policy.
   *
   * @throws RepositoryNotFound if there is no such repository
   * @throws dev.berth.core.lifecycle.EvaluationTooLargeException if it would take too long
   */
  public Optional<LifecyclePlan> plan(String account, RepositoryName name) {
    return policies.effective(account, name).map(policy -> plan(policy, clock.instant()));
  }

  private LifecyclePlan plan(EffectivePolicy policy, Instant now) {
    var rules = LifecyclePolicy.parse(policy.text());
    Stock stock = inventory.stock(policy.repository().id());
    return new LifecyclePlan(
        policy, stock, LifecycleEvaluation.evaluate(rules, stock.images(), now));
  }

  /**
   * Runs the policy that a repository is under.
   *
   * @param progress takes how many images went so far, step by step
   * @return nothing where the repository is gone or has no policy
   * @throws dev.berth.core.lifecycle.EvaluationTooLargeException if it would take too long
   * @throws dev.berth.registry.RegistryException.KmsFailed if what is needed of an image cannot be
   *     read for its key
   */
  public LifecycleOutcome run(String account, RepositoryName name, IntConsumer progress) {
    Instant begun = clock.instant();
    return current(account, name)
        .map(policy -> run(policy, begun, progress))
        .orElse(LifecycleOutcome.NOTHING);
  }

  private LifecycleOutcome run(EffectivePolicy policy, Instant begun, IntConsumer progress) {
    LifecyclePlan plan = steps.undisturbed(policy.repository().id(), () -> plan(policy, begun));
    return run(plan, begun, progress);
  }

  private LifecycleOutcome run(LifecyclePlan plan, Instant begun, IntConsumer progress) {
    SortedMap<Integer, Integer> expired = new TreeMap<>();
    int left = 0;
    boolean finished = true;
    Instant end = clock.instant().plus(LONGEST_RUN);
    for (List<Member> members : plan.steps()) {
      // it ends early only where something went, for the next one to find less
      finished = (expired.isEmpty() || clock.instant().isBefore(end)) && isCurrent(plan.policy());
      if (!finished) {
        break;
      }
      SortedMap<Integer, Integer> gone = steps.run(step(plan.policy()), members, plan.stock());
      gone.forEach((rule, images) -> expired.merge(rule, images, Integer::sum));
      left += members.size() - sum(gone);
      progress.accept(sum(expired));
    }
    if (finished) {
      policies.recordEvaluation(plan.policy(), begun);
    }
    return new LifecycleOutcome(plan.stock().images().size(), expired, left, finished);
  }

  private static int sum(SortedMap<Integer, Integer> counts) {
    return counts.values().stream().mapToInt(Integer::intValue).sum();
  }

  private boolean isCurrent(EffectivePolicy policy) {
    Repository repository = policy.repository();
    return current(repository.account(), repository.name()).filter(policy::isStill).isPresent();
  }

  private Optional<EffectivePolicy> current(String account, RepositoryName name) {
    try {
      return policies.effective(account, name);
    } catch (RepositoryNotFound gone) {
      return Optional.empty();
    }
  }

  private static ExpireImages step(EffectivePolicy policy) {
    Repository repository = policy.repository();
    return new ExpireImages(
        repository.account(),
        repository.name(),
        repository.id(),
        UUID.randomUUID().toString(),
        policy.text(),
        policy.lastEvaluatedAt());
  }
}
