package dev.berth.registry.image;

import dev.berth.core.oci.Digest;
import dev.berth.core.oci.Tag;
import dev.berth.registry.store.Action;
import dev.berth.registry.store.Condition;
import dev.berth.registry.store.Item;
import dev.berth.registry.store.Key;
import dev.berth.registry.store.Keys;
import dev.berth.registry.store.Page;
import dev.berth.registry.store.Table;
import dev.berth.registry.store.Table.Consistency;
import java.util.List;
import java.util.Optional;

/**
 * How a tag is written down, twice: under {@link Keys#tag} to find its image, and under {@link
 * Keys#imageTag} to list it with its image. Both change in one transaction.
 */
final class TagItem {

  private static final String DIGEST = "digest";

  private TagItem() {}

  /** The image that the tag names. */
  static Digest read(Item item) {
    return ImageItem.digest(item.text(DIGEST));
  }

  /**
   * Gives the tag to an image.
   *
   * @param from the image that has it now; the transaction is refused if another one does
   */
  static List<Action> write(String repositoryId, Tag tag, Digest digest, Optional<Digest> from) {
    Item item =
        Item.at(Keys.tag(repositoryId, tag.value()))
            .number(Keys.FORMAT_ATTRIBUTE, Keys.FORMAT)
            .text(DIGEST, digest.toString())
            .build();
    return List.of(
        Action.put(item, from.map(TagItem::names).orElse(Condition.absent())),
        Action.put(row(Keys.imageTag(repositoryId, digest, tag.value()))));
  }

  /** Takes the tag from its image, if it has it still. */
  static List<Action> delete(String repositoryId, Tag tag, Digest digest) {
    return List.of(
        Action.delete(Keys.tag(repositoryId, tag.value()), names(digest)),
        Action.delete(Keys.imageTag(repositoryId, digest, tag.value())));
  }

  /** The first tags of an image, as many as there are up to a limit. */
  static List<Tag> some(Table table, String repositoryId, Digest digest, int limit) {
    String prefix = Keys.imageTagPrefix(digest);
    Page<Item> rows =
        table.query(Keys.images(repositoryId), prefix, Optional.empty(), limit, Consistency.STRONG);
    return rows.entries().stream()
        .map(row -> new Tag(row.key().sort().substring(prefix.length())))
        .toList();
  }

  /** That the tag names this image. */
  static Condition names(Digest digest) {
    return Condition.equal(DIGEST, digest.toString());
  }

  private static Item row(Key key) {
    return Item.at(key).number(Keys.FORMAT_ATTRIBUTE, Keys.FORMAT).build();
  }
}
