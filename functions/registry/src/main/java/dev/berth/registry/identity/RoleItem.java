package dev.berth.registry.identity;

import dev.berth.registry.store.Attribute;
import dev.berth.registry.store.Item;
import dev.berth.registry.store.Keys;
import java.time.Instant;
import java.util.List;

/**
 * How a role is written down: the item under {@link Keys#role}. A service-linked role has an
 * attribute more for each region that uses it, whose value is the mark's.
 */
final class RoleItem {

  /** Counts the changes of the item. */
  static final String VERSION = "version";

  static final String DESCRIPTION = "description";

  private static final String ACCOUNT = "account";
  private static final String NAME = "name";
  private static final String PATH = "path";
  private static final String ID = "id";
  private static final String CREATED_AT = "createdAt";
  private static final String USED_BY = "usedBy:";

  private RoleItem() {}

  static Item.Builder write(Role role) {
    return Item.at(Keys.role(role.account(), role.name()))
        .number(Keys.FORMAT_ATTRIBUTE, Keys.FORMAT)
        .text(ACCOUNT, role.account())
        .text(NAME, role.name())
        .text(PATH, role.path())
        .text(ID, role.id())
        .text(DESCRIPTION, role.description())
        .number(CREATED_AT, role.createdAt().toEpochMilli())
        .number(VERSION, 1);
  }

  static Role read(Item item) {
    return new Role(
        item.text(ACCOUNT),
        item.text(PATH),
        item.text(NAME),
        item.text(ID),
        item.text(DESCRIPTION),
        Instant.ofEpochMilli(item.number(CREATED_AT)));
  }

  static String usedBy(String region) {
    return USED_BY + region;
  }

  /** The regions that use the role, by name. */
  static List<String> regionsUsing(Item item) {
    return item.attributes().entrySet().stream()
        .filter(attribute -> attribute.getKey().startsWith(USED_BY))
        .filter(attribute -> attribute.getValue() instanceof Attribute.Text)
        .map(attribute -> attribute.getKey().substring(USED_BY.length()))
        .sorted()
        .toList();
  }
}
