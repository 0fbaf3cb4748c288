package dev.berth.registry.authz;

import dev.berth.core.authz.Principal;
import dev.berth.core.authz.Session;
import dev.berth.core.policy.PolicyDocument;
import dev.berth.registry.cache.RecentCache;
import dev.berth.registry.repository.RepositoryDocuments;
import dev.berth.registry.repository.ResourceTagsItem;
import dev.berth.registry.settings.RegistryPolicies;
import dev.berth.registry.store.Item;
import dev.berth.registry.store.Key;
import dev.berth.registry.store.Keys;
import dev.berth.registry.store.Table;
import dev.berth.registry.store.Table.Consistency;
import dev.berth.registry.store.WatchedTable;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What the resources of a deployment bring along to a decision: one call for a repository that was
 * not asked for within {@link RecentCache#AGE}, and none for others. What this process writes
 * through {@link #watched} acts at once, what another writes within that time.
 */
public final class ResourcePolicies {

  private static final int MOST_REPOSITORIES = 2_000;

  private final Table table;
  private final StoredPolicies stored = new StoredPolicies();
  private final RecentCache<String, Found> recent;

  public ResourcePolicies(Table table, Clock clock) {
    this.table = table;
    this.recent = new RecentCache<>(clock, MOST_REPOSITORIES);
  }

  /** A repository that there is, was, or could be. */
  record Repository(String region, String account, String name) {

    private String arn() {
      return "arn:aws:ecr:%s:%s:repository/%s".formatted(region, account, name);
    }

    private Key policy() {
      return Keys.repositoryPolicy(account, name);
    }

    private Key tags() {
      return Keys.repositoryTags(account, name);
    }

    private Key registryPolicy() {
      return Keys.registryPolicy(account);
    }
  }

  /**
   * What a repository brings along; nothing if there is none.
   *
   * @param registry the policy of the registry that it is in, or would be
   */
  record Found(
      Optional<PolicyDocument> repository,
      Optional<PolicyDocument> registry,
      SortedMap<String, String> tags) {}

  Found find(Repository repository) {
    return recent.get(repository.policy().partition(), partition -> read(repository));
  }

  List<PolicyDocument> ofSession(Principal principal) {
    return principal.session().map(Session::policies).orElse(List.of()).stream()
        .map(text -> stored.ofSession(principal.arn(), text))
        .toList();
  }

  private Found read(Repository repository) {
    Map<Key, Item> items =
        table.get(
            List.of(repository.policy(), repository.tags(), repository.registryPolicy()),
            Consistency.STRONG);
    return new Found(
        Optional.ofNullable(items.get(repository.policy()))
            .map(
                item -> stored.ofRepository(repository.arn(), item.text(RepositoryDocuments.TEXT))),
        Optional.ofNullable(items.get(repository.registryPolicy()))
            .map(item -> ofRegistry(repository, item.text(RegistryPolicies.TEXT))),
        ResourceTagsItem.read(Optional.ofNullable(items.get(repository.tags()))));
  }

  private PolicyDocument ofRegistry(Repository repository, String text) {
    return stored.ofRegistry(repository.account(), repository.region(), text);
  }

  /** The deployment's table, for all that write to it. */
  public Table watched() {
    return new WatchedTable(table, this::written);
  }

  private void written(Key key) {
    if (Keys.isRepositoryPolicyOrTags(key)) {
      recent.forget(key.partition());
    } else if (Keys.isRegistryPolicy(key)) {
      recent.forgetAll();
    }
  }
}
