package dev.berth.registry.image;

import dev.berth.core.oci.Digest;
import dev.berth.registry.store.Action;
import dev.berth.registry.store.Item;
import dev.berth.registry.store.Key;
import dev.berth.registry.store.Keys;
import dev.berth.registry.store.Objects;
import dev.berth.registry.store.Table;
import dev.berth.registry.store.Table.Consistency;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Removes what is left of images when their whole repository is gone: nobody reads them any more.
 */
public final class ImageRemains {

  private final Table table;
  private final Objects objects;
  private final Manifests manifests;

  public ImageRemains(Table table, Objects objects) {
    this.table = table;
    this.objects = objects;
    this.manifests = new Manifests(objects);
  }

  /**
   * @param rows of {@link Keys#images}: images and rows of their tags, at most a third of {@link
   *     Table#MOST}
   */
  public void remove(String repositoryId, List<Item> rows) {
    List<Action> actions = new ArrayList<>();
    List<Key> manifestKeys = new ArrayList<>();
    for (Item row : rows) {
      actions.add(Action.delete(row.key()));
      Digest.parse(row.key().sort())
          .ifPresent(
              digest -> {
                Image image = ImageItem.read(row);
                manifestKeys.add(Keys.manifest(repositoryId, digest));
                actions.add(Action.delete(Keys.manifest(repositoryId, digest)));
                image
                    .subject()
                    .map(subject -> Keys.referrer(repositoryId, subject, digest))
                    .ifPresent(key -> actions.add(Action.delete(key)));
              });
    }
    deleteObjects(manifestKeys);
    table.transact(actions);
  }

  /**
   * @param rows of {@link Keys#conversions}, at most half of {@link Table#MOST}
   */
  public void removeConversions(String repositoryId, List<Item> rows) {
    table.transact(
        rows.stream()
            .flatMap(
                row ->
                    ConversionRecords.removal(
                        repositoryId,
                        ConversionRecords.Origin.read(row).source(),
                        ImageItem.digest(row.key().sort())))
            .toList());
  }

  private void deleteObjects(Collection<Key> manifestKeys) {
    if (manifestKeys.isEmpty()) {
      return;
    }
    Map<Key, Item> items = table.get(manifestKeys, Consistency.STRONG);
    items.values().forEach(item -> manifests.objectKey(item).ifPresent(objects::delete));
  }
}
