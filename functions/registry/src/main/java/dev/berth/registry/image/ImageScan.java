package dev.berth.registry.image;

import dev.berth.core.oci.Tag;
import dev.berth.registry.store.Item;
import dev.berth.registry.store.Keys;
import dev.berth.registry.store.Page;
import dev.berth.registry.store.Table;
import dev.berth.registry.store.Table.Consistency;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Queue;

/**
 * Walks the images of a repository by digest, each with its tags: the rows of an image's tags come
 * right behind its own. Images that are being deleted are passed over.
 */
final class ImageScan implements Iterator<TaggedImage> {

  /** Many, where all images are looked at; they are small. */
  static final int MANY_ROWS = 1000;

  /** As many as a page of DynamoDB has at least, where all images are needed. */
  static final int ALL_ROWS = 5000;

  private final Table table;
  private final String partition;
  private int rowsPerCall;
  private final Queue<Item> rows = new ArrayDeque<>();
  private Optional<String> position;
  private boolean ended;
  private Optional<TaggedImage> next = Optional.empty();

  /**
   * @param after the position to begin behind: of {@link #positionBehind}, or empty
   * @param rowsPerCall of the first call, at least 1: what is read beyond the last image asked for
   *     is read in vain; each further call doubles it, for there may be far to go
   */
  ImageScan(Table table, String repositoryId, Optional<String> after, int rowsPerCall) {
    this.table = table;
    this.rowsPerCall = rowsPerCall;
    this.partition = Keys.images(repositoryId);
    this.position = after;
  }

  /** A sort key behind an image and all its tags, before any other image. */
  static String positionBehind(Image image) {
    return image.digest() + "$";
  }

  @Override
  public boolean hasNext() {
    if (next.isEmpty()) {
      next = read();
    }
    return next.isPresent();
  }

  @Override
  public TaggedImage next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    TaggedImage current = next.orElseThrow();
    next = Optional.empty();
    return current;
  }

  private Optional<TaggedImage> read() {
    for (Item row = poll(); row != null; row = poll()) {
      if (!isTag(row)) {
        Image image = ImageItem.read(row);
        List<Tag> tags = tagsBehind(image);
        if (image.isActive()) {
          return Optional.of(new TaggedImage(image, tags));
        }
      }
    }
    return Optional.empty();
  }

  private List<Tag> tagsBehind(Image image) {
    String prefix = Keys.imageTagPrefix(image.digest());
    List<Tag> tags = new ArrayList<>();
    while (peek() != null && peek().key().sort().startsWith(prefix)) {
      tags.add(new Tag(poll().key().sort().substring(prefix.length())));
    }
    return tags;
  }

  private static boolean isTag(Item row) {
    return row.key().sort().indexOf('#') >= 0;
  }

  private Item poll() {
    fill();
    return rows.poll();
  }

  private Item peek() {
    fill();
    return rows.peek();
  }

  private void fill() {
    while (rows.isEmpty() && !ended) {
      Page<Item> page = table.query(partition, "", position, rowsPerCall, Consistency.STRONG);
      rows.addAll(page.entries());
      position = page.next();
      ended = position.isEmpty();
      rowsPerCall = Math.max(rowsPerCall, Math.min(2 * rowsPerCall, MANY_ROWS));
    }
  }
}
