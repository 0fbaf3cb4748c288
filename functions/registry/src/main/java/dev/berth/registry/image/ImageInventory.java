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
    var scan = new ImageScan(table, repositoryId, Optional.empty(), ImageScan.MANY_ROWS);
    List<TaggedImage> images = new ArrayList<>();
    scan.forEachRemaining(images::add);
    Map<Digest, List<Digest>> children = children(repositoryId, images);
    Map<Digest, Long> tagChanges = new HashMap<>();
    images.stream()
        .map(TaggedImage::image)
        .filter(image -> image.tagChanges() > 0)
        .forEach(image -> tagChanges.put(image.digest(), image.tagChanges()));
    return new Stock(
        images.stream()
            .map(image -> of(image, children.getOrDefault(image.image().digest(), List.of())))
            .toList(),
        tagChanges);
  }

  private static LifecycleImage of(TaggedImage tagged, List<Digest> children) {
    Image image = tagged.image();
    return new LifecycleImage(
        image.digest(),
        tagged.tags().stream().map(Tag::value).toList(),
        image.pushedAt(),
        // pulls after the recorded one may not have been recorded
        image.lastPulledAt().map(time -> time.plus(PullTimes.PRECISION)),
        children,
        image.subject());
  }

  private Map<Digest, List<Digest>> children(String repositoryId, List<TaggedImage> images) {
    List<Image> indexes =
        images.stream()
            .map(TaggedImage::image)
            .filter(image -> MediaTypes.INDEXES.contains(image.mediaType()))
            .toList();
    Map<Digest, List<Digest>> children = new HashMap<>();
    for (int from = 0; from < indexes.size(); from += INDEXES_PER_CALL) {
      int to = Math.min(from + INDEXES_PER_CALL, indexes.size());
      readChildren(repositoryId, indexes.subList(from, to), children);
    }
    return children;
  }

  private void readChildren(
      String repositoryId, List<Image> indexes, Map<Digest, List<Digest>> children) {
    List<Key> keys =
        indexes.stream().map(index -> Keys.manifest(repositoryId, index.digest())).toList();
    Map<Key, Item> items = table.get(keys, Consistency.STRONG);
    for (Image index : indexes) {
      // none where the index was deleted meanwhile
      Optional.ofNullable(items.get(Keys.manifest(repositoryId, index.digest())))
          .map(item -> manifests.children(index.mediaType(), item))
          .ifPresent(named -> children.put(index.digest(), named));
    }
  }
}
