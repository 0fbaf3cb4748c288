package dev.berth.registry.identity;

import dev.berth.registry.store.Item;
import dev.berth.registry.store.Keys;
import java.time.Duration;
import java.util.List;

/**
 * How a role is written down: the item under {@link Keys#role}. A service-linked role has an
 * attribute more for each region that uses it, whose value is the mark's.
 */
final class RoleItem {

  static final String DESCRIPTION = "description";

  private static final String TRUST_POLICY = "trustPolicy";
  private static final String LONGEST_SESSION = "longestSession";
  private static final String USED_BY = "usedBy:";

  private RoleItem() {}

  static Item.Builder write(Role role, long version) {
    Item.Builder item = Item.at(Keys.role(role.account(), role.name()));
    EntityItem.write(item, role, version);
    item.text(DESCRIPTION, role.description());
    return writeTrust(item, role.trustPolicy(), role.longestSession());
  }

  static Item.Builder writeTrust(Item.Builder item, String policy, Duration longestSession) {
    return item.text(TRUST_POLICY, policy).number(LONGEST_SESSION, longestSession.toSeconds());
  }

  static Role read(Item item) {
    return new Role(
        item.text(EntityItem.ACCOUNT),
        item.text(EntityItem.PATH),
        item.text(EntityItem.NAME),
        item.text(EntityItem.ID),
        item.text(DESCRIPTION),
        EntityItem.createdAt(item),
        item.text(TRUST_POLICY),
        Duration.ofSeconds(item.number(LONGEST_SESSION)),
        EntityItem.permissions(item),
        EntityItem.tags(item));
  }

  static String usedBy(String region) {
    return USED_BY + region;
  }

  /** The regions that use the role, by name. */
  static List<String> regionsUsing(Item item) {
    return List.copyOf(EntityItem.named(item, USED_BY).keySet());
  }
}
