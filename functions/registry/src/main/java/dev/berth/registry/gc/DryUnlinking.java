package dev.berth.registry.gc;

import dev.berth.core.oci.Digest;
import dev.berth.registry.layer.Blob;
import dev.berth.registry.repository.Repository;
import dev.berth.registry.store.Item;
import dev.berth.registry.store.Key;
import dev.berth.registry.store.Keys;
import dev.berth.registry.store.Table;
import dev.berth.registry.store.Walk;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** Finds out which blobs would be without a link if some links were removed. */
final class DryUnlinking {

  private final Table table;

  /** How many links the blobs would lose that have several. */
  private final Map<Key, Integer> lost = new HashMap<>();

  DryUnlinking(Table table) {
    this.table = table;
  }

  Collected unlink(Repository repository, Collection<Digest> layers) {
    Map<Key, Item> blobs =
        Walk.get(
            table,
            layers.stream()
                .map(layer -> Keys.blob(repository.account(), repository.encryptionKey(), layer))
                .toList());
    return blobs.entrySet().stream()
        .map(entry -> unlinkOne(entry.getKey(), Blob.of(entry.getValue())))
        .reduce(Collected.links(layers.size()), Collected::plus);
  }

  private Collected unlinkOne(Key key, Blob blob) {
    boolean last = blob.refs() <= 1 || lost.merge(key, 1, Integer::sum) == blob.refs();
    return last ? Collected.blobs(1, blob.size()) : Collected.NOTHING;
  }
}
