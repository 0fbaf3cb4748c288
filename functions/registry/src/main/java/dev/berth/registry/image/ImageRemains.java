package dev.berth.registry.image;

import dev.berth.core.oci.Digest;
import dev.berth.core.oci.Tag;
import dev.berth.registry.outbox.Change.Deleted;
import dev.berth.registry.outbox.OutboxRecord;
import dev.berth.registry.store.Action;
import dev.berth.registry.store.Condition;
import dev.berth.registry.store.Item;
import dev.berth.registry.store.Key;
import dev.berth.registry.store.Keys;
import dev.berth.registry.store.Objects;
import dev.berth.registry.store.Table;
import dev.berth.registry.store.Table.Consistency;
import dev.berth.registry.work.Work.PurgeRepository;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Removes what is left of images when their whole repository is gone: nobody reads them any more.
 */
public final class ImageRemains {

  private final Table table;
  private final Objects objects;
  private final Manifests manifests;
  private final Clock clock;

  public ImageRemains(Table table, Objects objects, Clock clock) {
    this.table = table;
    this.clock = clock;
    this.objects = objects;
    this.manifests = new Manifests(objects);
  }

  /**
   * Removes images and tells of each tag that goes, and of each image that had none.
   *
   * @param rows of {@link Keys#images}: images and rows of their tags, at most a quarter of {@link
   *     Table#MOST}; those that another removes meanwhile are left to a next look
   */
  public void remove(PurgeRepository purge, List<Item> rows) {
    List<Action> actions = new ArrayList<>();
    List<Key> manifestKeys = new ArrayList<>();
    Map<Digest, List<Tag>> tags = new LinkedHashMap<>();
    for (Item row : rows) {
      actions.add(Action.delete(row.key(), Condition.present()));
      String sort = row.key().sort();
      int mark = sort.indexOf('#');
      if (mark < 0) {
        Image image = ImageItem.read(row);
        manifestKeys.add(Keys.manifest(purge.repositoryId(), image.digest()));
        actions.addAll(rest(purge, image));
        FindingsObjects.of(image).ifPresent(objects::delete);
      } else {
        tags.computeIfAbsent(ImageItem.digest(sort.substring(0, mark)), any -> new ArrayList<>())
            .add(new Tag(sort.substring(mark + 1)));
      }
    }
    tags.forEach((digest, gone) -> actions.add(told(purge, new Deleted(digest, gone))));
    deleteObjects(manifestKeys);
    table.transact(actions);
  }

  private List<Action> rest(PurgeRepository purge, Image image) {
    String id = purge.repositoryId();
    List<Action> actions = new ArrayList<>();
    actions.add(Action.delete(Keys.manifest(id, image.digest())));
    image
        .subject()
        .map(subject -> Keys.referrer(id, subject, image.digest()))
        .ifPresent(key -> actions.add(Action.delete(key)));
    if (image.tagCount() == 0) {
      actions.add(told(purge, new Deleted(image.digest(), List.of())));
    }
    return actions;
  }

  private Action told(PurgeRepository purge, Deleted deleted) {
    return new OutboxRecord(purge.account(), purge.repositoryName(), deleted, clock.instant())
        .toldOf(purge.repositoryId());
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
