package dev.berth.registry.repository;

import dev.berth.core.oci.RepositoryName;
import dev.berth.registry.store.Attribute;
import dev.berth.registry.store.Condition;
import dev.berth.registry.store.Item;
import dev.berth.registry.store.Keys;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How the resource tags of a repository are written down: one attribute a tag, its key behind a
 * prefix so that none is mistaken for an attribute of ours. The item stays when the last tag goes,
 * so that its revisions never begin anew while the repository lives.
 */
public final class ResourceTagsItem {

  private static final String PREFIX = "tag:";
  private static final String REVISION = "revision";

  private ResourceTagsItem() {}

  /**
   * @param before the item that this one takes the place of
   */
  static Item write(
      String account, RepositoryName name, Map<String, String> tags, Optional<Item> before) {
    var item =
        Item.at(Keys.repositoryTags(account, name.value()))
            .number(Keys.FORMAT_ATTRIBUTE, Keys.FORMAT)
            .number(REVISION, before.map(ResourceTagsItem::revision).orElse(0L) + 1);
    tags.forEach((key, value) -> item.text(PREFIX + key, value));
    return item.build();
  }

  /** By key. */
  public static SortedMap<String, String> read(Optional<Item> item) {
    SortedMap<String, String> tags = new TreeMap<>();
    item.map(Item::attributes)
        .orElse(Map.of())
        .forEach(
            (name, value) -> {
              if (name.startsWith(PREFIX) && value instanceof Attribute.Text(String text)) {
                tags.put(name.substring(PREFIX.length()), text);
              }
            });
    return tags;
  }

  /** That nobody has written the tags since they were read. */
  static Condition isAsRead(Optional<Item> before) {
    long revision = before.map(ResourceTagsItem::revision).orElse(0L);
    return revision == 0 ? Condition.lacks(REVISION) : Condition.equal(REVISION, revision);
  }

  /** 0 for an item that is older than revisions are. */
  private static long revision(Item item) {
    return item.optionalNumber(REVISION).orElse(0);
  }
}
