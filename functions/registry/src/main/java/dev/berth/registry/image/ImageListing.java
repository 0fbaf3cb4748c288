package dev.berth.registry.image;

import dev.berth.core.oci.Digest;
import dev.berth.core.oci.RepositoryName;
import dev.berth.core.oci.Tag;
import dev.berth.registry.repository.RepositoryReader;
import dev.berth.registry.store.Item;
import dev.berth.registry.store.Key;
import dev.berth.registry.store.Keys;
import dev.berth.registry.store.Page;
import dev.berth.registry.store.Table;
import dev.berth.registry.store.Table.Consistency;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Lists what is in a repository. */
public final class ImageListing {

  /** Beyond so many tags a page ends: it is in memory at once. */
  static final int MOST_TAGS = 10_000;

  private final Table table;
  private final RepositoryReader repositories;

  public ImageListing(Table table, RepositoryReader repositories) {
    this.table = table;
    this.repositories = repositories;
  }

  /**
   * The images of a repository with their tags, by digest.
   *
   * @param after a {@link Page#next} of before
   * @param limit how many images, at least 1; a page of many tags holds fewer
   */
  public Page<TaggedImage> images(
      String account, RepositoryName name, TagStatus status, Optional<String> after, int limit) {
    String id = repositories.require(account, name).id();
    ImageScan scan = new ImageScan(table, id, after, rowsPerCall(limit));
    List<TaggedImage> images = new ArrayList<>();
    int tags = 0;
    while (scan.hasNext() && images.size() < limit && tags < MOST_TAGS) {
      TaggedImage image = scan.next();
      if (status.includes(image)) {
        images.add(image);
        tags += image.tags().size();
      }
    }
    Optional<String> next =
        scan.hasNext()
            ? Optional.of(ImageScan.positionBehind(images.getLast().image()))
            : Optional.empty();
    return new Page<>(images, next);
  }

  /**
   * The images of a repository, each as often as it has tags, or once where it has none.
   *
   * @param after a {@link Page#next} of before
   * @param limit how many names, at least 1
   */
  public Page<ImageId> ids(
      String account, RepositoryName name, TagStatus status, Optional<String> after, int limit) {
    String id = repositories.require(account, name).id();
    Optional<IdPosition> position = after.map(IdPosition::parse);
    ImageScan scan =
        new ImageScan(table, id, position.map(IdPosition::scanAfter), rowsPerCall(limit));
    List<ImageId> ids = new ArrayList<>();
    while (scan.hasNext()) {
      TaggedImage image = scan.next();
      if (status.includes(image)) {
        for (ImageId named : names(image)) {
          if (position.filter(reached -> reached.covers(named)).isPresent()) {
            continue;
          }
          if (ids.size() == limit) {
            return new Page<>(ids, Optional.of(IdPosition.behind(ids.getLast()).toString()));
          }
          ids.add(named);
        }
      }
    }
    return new Page<>(ids, Optional.empty());
  }

  /**
   * An image and its tag take two rows; the next image, and the row behind it, are looked at too.
   */
  private static int rowsPerCall(int limit) {
    return Math.min(2 * limit + 3, ImageScan.MANY_ROWS);
  }

  private static List<ImageId> names(TaggedImage image) {
    Digest digest = image.image().digest();
    return image.tags().isEmpty()
        ? List.of(new ImageId(digest, Optional.empty()))
        : image.tags().stream().map(tag -> new ImageId(digest, Optional.of(tag))).toList();
  }

  /**
   * The tags of a repository in the order of their bytes (OCI distribution specification, "Listing
   * Tags").
   *
   * @param after the tag that the page begins behind, whether or not it exists
   * @param limit at least 1
   */
  public Page<Tag> tags(String account, RepositoryName name, Optional<String> after, int limit) {
    String id = repositories.require(account, name).id();
    Page<Item> rows = table.query(Keys.tags(id), "", after, limit, Consistency.STRONG);
    return new Page<>(
        rows.entries().stream().map(row -> new Tag(row.key().sort())).toList(), rows.next());
  }

  /** What these tags name: the images that exist. */
  public Map<Tag, Digest> resolve(String account, RepositoryName name, Collection<Tag> tags) {
    String id = repositories.require(account, name).id();
    Map<Tag, Digest> digests = new HashMap<>();
    List<Key> keys = tags.stream().map(tag -> Keys.tag(id, tag.value())).toList();
    get(keys).forEach((key, item) -> digests.put(new Tag(key.sort()), TagItem.read(item)));
    return digests;
  }

  /** The images of these digests that exist, with their tags. */
  public Map<Digest, TaggedImage> find(
      String account, RepositoryName name, Collection<Digest> digests) {
    String id = repositories.require(account, name).id();
    Map<Digest, TaggedImage> images = new HashMap<>();
    List<Key> keys = digests.stream().map(digest -> Keys.image(id, digest)).toList();
    for (Item item : get(keys).values()) {
      Image image = ImageItem.read(item);
      if (image.isActive()) {
        images.put(image.digest(), new TaggedImage(image, tagsOf(id, image)));
      }
    }
    return images;
  }

  private List<Tag> tagsOf(String repositoryId, Image image) {
    String prefix = Keys.imageTagPrefix(image.digest());
    List<Tag> tags = new ArrayList<>();
    Optional<String> position = Optional.empty();
    while (image.tagCount() > 0) {
      Page<Item> rows =
          table.query(Keys.images(repositoryId), prefix, position, 1000, Consistency.STRONG);
      rows.entries().forEach(row -> tags.add(new Tag(row.key().sort().substring(prefix.length()))));
      position = rows.next();
      if (position.isEmpty()) {
        break;
      }
    }
    return tags;
  }

  private Map<Key, Item> get(List<Key> keys) {
    return keys.isEmpty() ? Map.of() : table.get(keys, Consistency.STRONG);
  }
}
