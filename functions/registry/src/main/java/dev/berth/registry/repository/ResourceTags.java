package dev.berth.registry.repository;

import dev.berth.core.oci.RepositoryName;
import dev.berth.registry.RegistryException.RepositoryNotFound;
import dev.berth.registry.RegistryException.TooManyTags;
import dev.berth.registry.store.Action;
import dev.berth.registry.store.Condition;
import dev.berth.registry.store.Item;
import dev.berth.registry.store.Key;
import dev.berth.registry.store.Keys;
import dev.berth.registry.store.Table;
import dev.berth.registry.store.Table.Consistency;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The resource tags of repositories (guide, "Tagging an Amazon ECR repository"): key to value. What
 * a key or a value may be is the wire's to check.
 *
 * <p>All methods throw {@link RepositoryNotFound} if there is no such repository.
 */
public final class ResourceTags {

  /** The most tags of a repository. */
  static final int MOST = 50;

  private final Table table;

  public ResourceTags(Table table) {
    this.table = table;
  }

  /** A repository's tags, by key. */
  public SortedMap<String, String> list(String account, RepositoryName name) {
    return read(account, name).tags();
  }

  /**
   * Adds tags; one whose key is there gets another value.
   *
   * @throws TooManyTags if the repository would have more than {@value #MOST}
   */
  public void add(String account, RepositoryName name, Map<String, String> tags) {
    change(
        account,
        name,
        all -> {
          all.putAll(tags);
          requireFew(all.size());
        });
  }

  /**
   * Takes the tags of these keys away; a key that is not there is passed over.
   *
   * @throws TooManyTags for more keys than a repository can have
   */
  public void remove(String account, RepositoryName name, Collection<String> keys) {
    requireFew(keys.size());
    change(account, name, all -> all.keySet().removeAll(keys));
  }

  static void requireFew(int count) {
    if (count > MOST) {
      throw new TooManyTags(MOST);
    }
  }

  private void change(String account, RepositoryName name, Consumer<Map<String, String>> change) {
    while (true) {
      Found before = read(account, name);
      SortedMap<String, String> tags = new TreeMap<>(before.tags());
      change.accept(tags);
      if (tags.equals(before.tags()) || write(before, tags)) {
        return;
      }
      // someone else changed them, or the repository was made anew: decide again
    }
  }

  private boolean write(Found before, Map<String, String> tags) {
    Repository repository = before.repository();
    String account = repository.account();
    RepositoryName name = repository.name();
    Condition same = Condition.equal(RepositoryItem.ID, repository.id());
    return table
        .transact(
            Action.check(Keys.repository(account, name.value()), same),
            Action.put(
                ResourceTagsItem.write(account, name, tags, before.item()),
                ResourceTagsItem.isAsRead(before.item())))
        .committed();
  }

  private record Found(Repository repository, Optional<Item> item) {
    SortedMap<String, String> tags() {
      return ResourceTagsItem.read(item);
    }
  }

  private Found read(String account, RepositoryName name) {
    Key repository = Keys.repository(account, name.value());
    Key tags = Keys.repositoryTags(account, name.value());
    Map<Key, Item> items = table.get(List.of(repository, tags), Consistency.STRONG);
    if (!items.containsKey(repository)) {
      throw new RepositoryNotFound(account, name);
    }
    return new Found(
        RepositoryItem.read(items.get(repository)), Optional.ofNullable(items.get(tags)));
  }
}
