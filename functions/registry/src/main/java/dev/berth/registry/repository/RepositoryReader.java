package dev.berth.registry.repository;

import dev.berth.core.oci.RepositoryName;
import dev.berth.registry.RegistryException.RepositoryNotFound;
import dev.berth.registry.store.Item;
import dev.berth.registry.store.Key;
import dev.berth.registry.store.Keys;
import dev.berth.registry.store.Table;
import dev.berth.registry.store.Table.Consistency;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Reads a repository together with items that belong to it. Their keys hold the repository's id, so
 * the first read of a name takes two calls; later ones take one, by the id remembered from before,
 * and the repository that comes along proves that the id still holds.
 */
public final class RepositoryReader {

  private static final int MOST_REMEMBERED = 10_000;

  private final Table table;
  private final Map<Key, Repository> remembered = new ConcurrentHashMap<>();

  public RepositoryReader(Table table) {
    this.table = table;
  }

  /** A repository and those of the items asked for that exist. */
  public record Found(Repository repository, Map<Key, Item> items) {}

  /**
   * @param keys the keys to read along, given the repository: at most {@link Table#MOST} less one
   * @throws RepositoryNotFound if there is no such repository
   */
  public Found read(
      String account,
      RepositoryName name,
      Consistency consistency,
      Function<Repository, ? extends Collection<Key>> keys) {
    Key key = Keys.repository(account, name.value());
    Optional<Found> found =
        Optional.ofNullable(remembered.get(key))
            .flatMap(before -> readRemembered(key, before, consistency, keys.apply(before)));
    return found.orElseGet(() -> readAnew(account, name, key, consistency, keys));
  }

  /**
   * The repository alone, as it is now: what is found under its id is read on its own afterwards.
   */
  public Repository require(String account, RepositoryName name) {
    return read(account, name, Consistency.STRONG, any -> List.of()).repository();
  }

  /**
   * The repository as this reader last saw it, without a call: enough to guess the keys of a read
   * that takes the repository along and so proves the guess.
   */
  public Optional<Repository> remembered(String account, RepositoryName name) {
    return Optional.ofNullable(remembered.get(Keys.repository(account, name.value())));
  }

  private Optional<Found> readRemembered(
      Key key, Repository before, Consistency consistency, Collection<Key> more) {
    List<Key> all = new ArrayList<>(more.size() + 1);
    all.add(key);
    all.addAll(more);
    Map<Key, Item> items = table.get(all, consistency);
    return Optional.ofNullable(items.get(key))
        .map(RepositoryItem::read)
        .filter(repository -> repository.id().equals(before.id()))
        .map(repository -> new Found(repository, items));
  }

  private Found readAnew(
      String account,
      RepositoryName name,
      Key key,
      Consistency consistency,
      Function<Repository, ? extends Collection<Key>> keys) {
    Optional<Item> item = table.get(key, Consistency.STRONG);
    if (item.isEmpty()) {
      remembered.remove(key);
      throw new RepositoryNotFound(account, name);
    }
    Repository repository = RepositoryItem.read(item.get());
    remember(key, repository);
    Collection<Key> more = keys.apply(repository);
    return new Found(repository, more.isEmpty() ? Map.of() : table.get(more, consistency));
  }

  private void remember(Key key, Repository repository) {
    if (remembered.size() >= MOST_REMEMBERED) {
      remembered.clear();
    }
    remembered.put(key, repository);
  }
}
