package dev.berth.registry.lifecycle;

import dev.berth.core.oci.RepositoryName;
import dev.berth.registry.store.Item;
import dev.berth.registry.store.Key;
import dev.berth.registry.store.Keys;
import dev.berth.registry.store.Page;
import dev.berth.registry.store.Table;
import dev.berth.registry.store.Table.Consistency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * The repositories of all registries of a deployment that are under a lifecycle policy, their own
 * or their registry's: 100 of a registry take a call to list, and another one to see which have a
 * policy where there is no default.
 */
public final class LifecycleRepositories {

  private final Table table;
  private final LifecycleRegistries registries;

  public LifecycleRepositories(Table table) {
    this.table = table;
    this.registries = new LifecycleRegistries(table);
  }

  /**
   * Goes through all of them. One that is made or deleted meanwhile may come or not.
   *
   * @param pages take a registry's account and up to {@link Table#MOST} names, at least one
   */
  public void forEach(BiConsumer<String, List<RepositoryName>> pages) {
    registries.all().forEach(account -> inOne(account, pages));
  }

  private void inOne(String account, BiConsumer<String, List<RepositoryName>> pages) {
    boolean all = table.get(Keys.registryLifecyclePolicy(account), Consistency.STRONG).isPresent();
    Optional<String> position = Optional.empty();
    do {
      Page<Item> rows =
          table.query(Keys.repositoryList(account), "", position, Table.MOST, Consistency.STRONG);
      List<String> names = rows.entries().stream().map(row -> row.key().sort()).toList();
      List<RepositoryName> some =
          (all ? names : withPolicy(account, names)).stream().map(RepositoryName::new).toList();
      if (!some.isEmpty()) {
        pages.accept(account, some);
      }
      position = rows.next();
    } while (position.isPresent());
  }

  private List<String> withPolicy(String account, List<String> names) {
    if (names.isEmpty()) {
      return names;
    }
    List<Key> keys = names.stream().map(name -> Keys.lifecyclePolicy(account, name)).toList();
    Map<Key, Item> policies = table.get(keys, Consistency.STRONG);
    return names.stream()
        .filter(name -> policies.containsKey(Keys.lifecyclePolicy(account, name)))
        .toList();
  }
}
