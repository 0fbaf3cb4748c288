package dev.berth.registry.repository;

import dev.berth.core.oci.RepositoryName;
import dev.berth.registry.store.Item;
import dev.berth.registry.store.Keys;
import java.util.Map;

/**
 * How the resource tags of a repository are written down: one attribute a tag, its key behind a
 * prefix so that none is mistaken for an attribute of ours.
 */
final class ResourceTags {

  private static final String PREFIX = "tag:";

  private ResourceTags() {}

  static Item write(String account, RepositoryName name, Map<String, String> tags) {
    var item =
        Item.at(Keys.repositoryTags(account, name.value()))
            .number(Keys.FORMAT_ATTRIBUTE, Keys.FORMAT);
    tags.forEach((key, value) -> item.text(PREFIX + key, value));
    return item.build();
  }
}
