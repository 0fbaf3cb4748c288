package dev.berth.registry.lifecycle;

import dev.berth.core.lifecycle.LifecyclePolicy;
import dev.berth.core.oci.RepositoryName;
import dev.berth.registry.RegistryException.LifecyclePolicyNotFound;
import dev.berth.registry.RegistryException.LifecyclePolicyPreviewInProgress;
import dev.berth.registry.RegistryException.LifecyclePolicyPreviewNotFound;
import dev.berth.registry.RegistryException.RepositoryNotFound;
import dev.berth.registry.lifecycle.Preview.Status;
import dev.berth.registry.repository.Repository;
import dev.berth.registry.repository.RepositoryItem;
import dev.berth.registry.repository.RepositoryReader;
import dev.berth.registry.repository.RepositoryReader.Found;
import dev.berth.registry.store.Action;
import dev.berth.registry.store.Condition;
import dev.berth.registry.store.Keys;
import dev.berth.registry.store.Page;
import dev.berth.registry.store.Table;
import dev.berth.registry.store.Table.Consistency;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;

/** The previews of lifecycle policies: a repository has one, the last that was started. */
public final class Previews {

  private final Table table;
  private final RepositoryReader repositories;
  private final LifecyclePolicies policies;
  private final PreviewResults results;
  private final Clock clock;

  public Previews(
      Table table, RepositoryReader repositories, LifecyclePolicies policies, Clock clock) {
    this.table = table;
    this.repositories = repositories;
    this.policies = policies;
    this.results = new PreviewResults(table);
    this.clock = clock;
  }

  /**
   * Begins a preview, in place of the former one. {@link PreviewEvaluation} has to run it.
   *
   * @param policy the one that the repository is under where it is absent
   * @throws RepositoryNotFound if there is no such repository
   * @throws LifecyclePolicyNotFound if there is no policy
   * @throws LifecyclePolicyPreviewInProgress if one is under way
   */
  public Preview start(String account, RepositoryName name, Optional<LifecyclePolicy> policy) {
    while (true) {
      String text =
          policy.map(LifecyclePolicy::text).orElseGet(() -> policyOf(account, name).text());
      Found found = read(account, name);
      Optional<Preview> former = preview(found);
      Instant now = clock.instant();
      if (former.filter(one -> one.status(now) == Status.IN_PROGRESS).isPresent()) {
        throw new LifecyclePolicyPreviewInProgress();
      }
      Repository repository = found.repository();
      Preview begun = Preview.started(repository.id(), UUID.randomUUID().toString(), text, now);
      if (begin(repository, begun, former)) {
        return begun;
      }
      // another preview began or the repository was made anew since it was read: decide again
    }
  }

  private EffectivePolicy policyOf(String account, RepositoryName name) {
    return policies
        .effective(account, name)
        .orElseThrow(() -> new LifecyclePolicyNotFound(account, name));
  }

  private boolean begin(Repository repository, Preview begun, Optional<Preview> former) {
    Condition unchanged =
        former.map(one -> PreviewItem.isRun(one.run())).orElse(Condition.absent());
    return table
        .transact(
            Action.check(
                Keys.repository(repository.account(), repository.name().value()),
                Condition.equal(RepositoryItem.ID, repository.id())),
            Action.put(PreviewItem.write(begun), unchanged))
        .committed();
  }

  /**
   * A preview and some of its results.
   *
   * @param status as of now
   * @param page none unless it is complete
   */
  public record View(Preview preview, Status status, Page<ExpiringImage> page) {}

  /**
   * The repository's preview.
   *
   * @throws RepositoryNotFound if there is no such repository
   * @throws LifecyclePolicyPreviewNotFound if no preview was started
   */
  public Preview require(String account, RepositoryName name) {
    return preview(read(account, name)).orElseThrow(LifecyclePolicyPreviewNotFound::new);
  }

  /**
   * A preview with the results that are wanted, the oldest images first.
   *
   * @param after a {@link Page#next} of before, of the same preview
   * @param limit at least 1; a page of many tags holds fewer
   * @return empty if another preview has taken its place
   */
  public Optional<View> view(
      Preview preview, Predicate<ExpiringImage> wanted, Optional<String> after, int limit) {
    Status status = preview.status(clock.instant());
    Optional<Page<ExpiringImage>> page =
        status == Status.COMPLETE
            ? results.page(preview, wanted, after, limit)
            : Optional.of(new Page<>(List.of(), Optional.empty()));
    if (page.isEmpty() && isCurrent(preview)) {
      throw new IllegalStateException("preview " + preview.run() + " lacks results");
    }
    return page.map(some -> new View(preview, status, some));
  }

  private boolean isCurrent(Preview preview) {
    return table
        .get(Keys.previewOf(preview.repositoryId()), Consistency.STRONG)
        .map(item -> PreviewItem.read(preview.repositoryId(), item).run())
        .filter(preview.run()::equals)
        .isPresent();
  }

  private Found read(String account, RepositoryName name) {
    return repositories.read(
        account, name, Consistency.STRONG, at -> List.of(Keys.previewOf(at.id())));
  }

  private static Optional<Preview> preview(Found found) {
    String id = found.repository().id();
    return Optional.ofNullable(found.items().get(Keys.previewOf(id)))
        .map(item -> PreviewItem.read(id, item));
  }
}
