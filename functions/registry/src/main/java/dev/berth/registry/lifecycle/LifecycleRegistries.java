package dev.berth.registry.lifecycle;

import dev.berth.registry.store.Action;
import dev.berth.registry.store.Item;
import dev.berth.registry.store.Key;
import dev.berth.registry.store.Keys;
import dev.berth.registry.store.Table;
import dev.berth.registry.store.Table.Consistency;
import dev.berth.registry.store.Walk;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which registries have lifecycle policies, or had: noted before one is put, since no partition has
 * the repositories of all.
 */
final class LifecycleRegistries {

  private final Table table;
  private final Set<String> noted = ConcurrentHashMap.newKeySet();

  LifecycleRegistries(Table table) {
    this.table = table;
  }

  /** One call for a registry, the first time. */
  void note(String account) {
    if (!noted.contains(account)) {
      put(Keys.lifecycleRegistry(account));
      noted.add(account);
    }
  }

  /** Their account ids. */
  List<String> all() {
    Key complete = Keys.allLifecycleRegistriesNoted();
    if (table.get(complete, Consistency.STRONG).isEmpty()) {
      // versions before this one noted none
      Walk.items(table, Keys.repositoryLists(), this::noteRegistriesOf);
      put(complete);
    }
    List<String> accounts = new ArrayList<>();
    Walk.partition(
        table,
        complete.partition(),
        page -> page.stream().map(item -> item.key().sort()).forEach(accounts::add));
    accounts.remove(complete.sort());
    return accounts;
  }

  private void noteRegistriesOf(List<Item> listingRows) {
    listingRows.stream()
        .map(row -> row.key().partition().substring(Keys.repositoryLists().length()))
        .distinct()
        .forEach(this::note);
  }

  private void put(Key key) {
    table.transact(Action.put(Item.at(key).number(Keys.FORMAT_ATTRIBUTE, Keys.FORMAT).build()));
  }
}
