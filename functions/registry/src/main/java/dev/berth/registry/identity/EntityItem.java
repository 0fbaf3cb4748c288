package dev.berth.registry.identity;

import dev.berth.registry.store.Attribute;
import dev.berth.registry.store.Condition;
import dev.berth.registry.store.Item;
import dev.berth.registry.store.Keys;
import dev.berth.registry.store.Limits;
import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** How the items of users and roles are written down, as far as the two are alike. */
final class EntityItem {

  /** Counts the changes of the item. */
  static final String VERSION = "version";

  static final String ACCOUNT = "account";
  static final String NAME = "name";
  static final String PATH = "path";
  static final String ID = "id";
  static final String CREATED_AT = "createdAt";

  /**
   * Of an item. White space does not count for the bounds on policies, but here it does; a little
   * is left for what updates add.
   */
  private static final int MOST_BYTES = Limits.ITEM_BYTES - 16 * 1024;

  private static final String BOUNDARY = "boundary";
  private static final String INLINE = "inline:";
  private static final String ATTACHED = "attached:";
  private static final String TAG = "tag:";

  private EntityItem() {}

  static Item.Builder write(Item.Builder item, Entity entity, long version) {
    item.number(Keys.FORMAT_ATTRIBUTE, Keys.FORMAT)
        .text(ACCOUNT, entity.account())
        .text(NAME, entity.name())
        .text(PATH, entity.path())
        .text(ID, entity.id())
        .number(CREATED_AT, entity.createdAt().toEpochMilli())
        .text(BOUNDARY, entity.permissions().boundary())
        .number(VERSION, version);
    entity.permissions().inline().forEach((name, text) -> item.text(INLINE + name, text));
    entity.permissions().attached().forEach(arn -> item.text(attached(arn), ""));
    writeTags(item, entity.tags());
    return item;
  }

  static boolean isTooLarge(Item item) {
    return Limits.size(item) > MOST_BYTES;
  }

  /** That it is still this one, and not one made since under the same name. */
  static Condition unchanged(Item item) {
    return Condition.all(
        Condition.equal(ID, item.text(ID)), Condition.equal(VERSION, item.number(VERSION)));
  }

  static String attached(String arn) {
    return ATTACHED + arn;
  }

  static void writeTags(Item.Builder item, SortedMap<String, String> tags) {
    tags.forEach((key, value) -> item.text(TAG + key, value));
  }

  static Instant createdAt(Item item) {
    return Instant.ofEpochMilli(item.number(CREATED_AT));
  }

  static Permissions permissions(Item item) {
    return new Permissions(
        named(item, INLINE),
        new TreeSet<>(named(item, ATTACHED).keySet()),
        item.optionalText(BOUNDARY));
  }

  static SortedMap<String, String> tags(Item item) {
    return named(item, TAG);
  }

  /** The texts of all attributes that begin so, by the rest of their names. */
  static SortedMap<String, String> named(Item item, String prefix) {
    SortedMap<String, String> found = new TreeMap<>();
    item.attributes()
        .forEach(
            (name, value) -> {
              if (name.startsWith(prefix) && value instanceof Attribute.Text(String text)) {
                found.put(name.substring(prefix.length()), text);
              }
            });
    return found;
  }
}
