package dev.berth.registry.repository;

import dev.berth.core.oci.RepositoryName;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RegistryException.RepositoryNotFound;
import dev.berth.registry.store.Action;
import dev.berth.registry.store.Condition;
import dev.berth.registry.store.Item;
import dev.berth.registry.store.Key;
import dev.berth.registry.store.Keys;
import dev.berth.registry.store.Table;
import dev.berth.registry.store.Table.Consistency;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * Documents of one kind, of which each repository may have one: an item with a text. A document is
 * made only while its repository is there and goes in the transaction that deletes it ({@link
 * Repositories#delete}), so a repository that is made anew never has its predecessor's.
 *
 * <p>All methods throw {@link RepositoryNotFound} if there is no such repository.
 */
public final class RepositoryDocuments {

  public static final String TEXT = "text";

  private final Table table;
  private final BiFunction<String, String, Key> key;
  private final BiFunction<String, RepositoryName, RegistryException> absent;

  /**
   * @param key of the document, by account and repository
   * @param absent what is thrown where a repository has no document
   */
  public RepositoryDocuments(
      Table table,
      BiFunction<String, String, Key> key,
      BiFunction<String, RepositoryName, RegistryException> absent) {
    this.table = table;
    this.key = key;
    this.absent = absent;
  }

  /** Gives a repository this document, in place of the one that it has. */
  public void put(String account, RepositoryName name, String text) {
    Item item =
        Item.at(key.apply(account, name.value()))
            .number(Keys.FORMAT_ATTRIBUTE, Keys.FORMAT)
            .text(TEXT, text)
            .build();
    // nothing was read before, so it does not matter which repository of this name it is
    var repositoryIsThere =
        Action.check(Keys.repository(account, name.value()), Condition.present());
    if (!table.transact(repositoryIsThere, Action.put(item)).committed()) {
      throw new RepositoryNotFound(account, name);
    }
  }

  /** The repository's document, or what its absence throws. */
  public Item require(String account, RepositoryName name) {
    Key repository = Keys.repository(account, name.value());
    Key document = key.apply(account, name.value());
    Map<Key, Item> items = table.get(List.of(repository, document), Consistency.STRONG);
    if (!items.containsKey(repository)) {
      throw new RepositoryNotFound(account, name);
    }
    if (!items.containsKey(document)) {
      throw absent.apply(account, name);
    }
    return items.get(document);
  }

  /**
   * Removes the document.
   *
   * @return as it was, or what its absence throws
   */
  public Item delete(String account, RepositoryName name) {
    while (true) {
      Item document = require(account, name);
      Condition same = Condition.equal(TEXT, document.text(TEXT));
      if (table.transact(Action.delete(document.key(), same)).committed()) {
        return document;
      }
      // another document was put or this one deleted since it was read: look again
    }
  }
}
