package dev.berth.registry.layer;

import dev.berth.core.oci.Digest;
import dev.berth.registry.store.Action;
import dev.berth.registry.store.Condition;
import dev.berth.registry.store.Item;
import dev.berth.registry.store.Key;
import dev.berth.registry.store.Keys;
import dev.berth.registry.store.Table;
import dev.berth.registry.store.Table.Consistency;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Removes links, each together with the reference that its blob counts for it. A blob that loses
 * its last one is put on the list of those that wait for collection.
 */
public final class Unlinking {

  private final Table table;

  public Unlinking(Table table) {
    this.table = table;
  }

  /** Removes a repository's link to a layer. Nothing happens where there is none. */
  public void unlink(String account, String encryptionKey, String repositoryId, Digest digest) {
    Key link = Keys.layer(repositoryId, digest);
    Key blobKey = Keys.blob(account, encryptionKey, digest);
    boolean done = false;
    while (!done) {
      Map<Key, Item> items = table.get(List.of(link, blobKey), Consistency.STRONG);
      done =
          !items.containsKey(link)
              || unlink(
                  link,
                  blobKey,
                  Optional.ofNullable(items.get(blobKey)).map(Blob::of),
                  Keys.unreferencedBlob(account, encryptionKey, digest));
    }
  }

  private boolean unlink(Key link, Key blobKey, Optional<Blob> blob, Key waiting) {
    List<Action> actions = new ArrayList<>();
    actions.add(Action.delete(link, Condition.present()));
    blob.ifPresent(
        counted -> {
          actions.add(Blob.removeReference(blobKey, counted));
          if (counted.refs() == 1) {
            actions.add(
                Action.put(Item.at(waiting).number(Keys.FORMAT_ATTRIBUTE, Keys.FORMAT).build()));
          }
        });
    return table.transact(actions).committed();
  }
}
