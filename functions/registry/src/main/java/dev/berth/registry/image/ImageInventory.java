package dev.berth.registry.image;

import dev.berth.core.lifecycle.LifecycleImage;
import dev.berth.core.oci.Digest;
import dev.berth.core.oci.MediaTypes;
import dev.berth.core.oci.Tag;
import dev.berth.registry.store.Item;
import dev.berth.registry.store.Key;
import dev.berth.registry.store.Keys;
import dev.berth.registry.store.Objects;
import dev.berth.registry.store.Table;
import dev.berth.registry.store.Table.Consistency;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Takes stock of a repository, for its lifecycle policy. Not a snapshot: pushes go on meanwhile.
 */
public final class ImageInventory {

  /** Few, since their manifests are in memory at once. */
  private static final int INDEXES_PER_CALL = 25;

  private final Table table;
  private final Manifests manifests;

  public ImageInventory(Table table, Objects objects) {
    this.table = table;
    this.manifests = new Manifests(objects);
  }

  /**
   * What a repository has, in memory at once.
   *
   * @param images all of them
   */
  public record Stock(List<LifecycleImage> images, Map<Digest, Long> tagChanges) {

    /**
     * What has to hold of one of them for it to be deleted.
     *
     * @param unused whether it must not have been pulled since, as far as pulls are recorded
     */
    public SeenImage seen(LifecycleImage image, boolean unused) {
      return new SeenImage(
          image.digest(),
          image.pushedAt(),
          image.tags().size(),
          tagChanges.getOrDefault(image.digest(), 0L),
          image.lastPulledAt().map(time -> time.minus(PullTimes.PRECISION)),
          unused,
          image.subject());
    }
  }

  /** Takes stock of a repository. */
  public Stock stock(String repositoryId) {
    var stock = new Stock(new ArrayList<>(), new HashMap<>());
    List<TaggedImage> indexes = new ArrayList<>();
    var scan = new ImageScan(table, repositoryId, Optional.empty(), ImageScan.ALL_ROWS);
    while (scan.hasNext()) {
      TaggedImage next = scan.next();
      if (MediaTypes.INDEXES.contains(next.image().mediaType())) {
        indexes.add(next);
      } else {
        add(stock, next, List.of());
      }
      if (indexes.size() == INDEXES_PER_CALL) {
        addIndexes(stock, repositoryId, indexes);
        indexes.clear();
      }
    }
    addIndexes(stock, repositoryId, indexes);
    return stock;
  }

  /** What is not needed of an image is let go at once: there may be very many. */
  private static void add(Stock stock, TaggedImage tagged, List<Digest> children) {
    Image image = tagged.image();
    if (image.tagChanges() > 0) {
      stock.tagChanges.put(image.digest(), image.tagChanges());
    }
    stock.images.add(
        new LifecycleImage(
            image.digest(),
            tagged.tags().stream().map(Tag::value).toList(),
            image.pushedAt(),
            // pulls after the recorded one may not have been recorded
            image.lastPulledAt().map(time -> time.plus(PullTimes.PRECISION)),
            children,
            image.subject()));
  }

  private void addIndexes(Stock stock, String repositoryId, List<TaggedImage> indexes) {
    List<Key> keys = indexes.stream().map(index -> manifest(repositoryId, index)).toList();
    Map<Key, Item> items = keys.isEmpty() ? Map.of() : table.get(keys, Consistency.STRONG);
    for (TaggedImage index : indexes) {
      // none where the index was deleted meanwhile
      List<Digest> children =
          Optional.ofNullable(items.get(manifest(repositoryId, index)))
              .map(item -> manifests.children(index.image().mediaType(), item))
              .orElse(List.of());
      add(stock, index, children);
    }
  }

  private static Key manifest(String repositoryId, TaggedImage index) {
    return Keys.manifest(repositoryId, index.image().digest());
  }
}
