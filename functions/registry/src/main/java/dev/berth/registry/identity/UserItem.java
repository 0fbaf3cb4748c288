package dev.berth.registry.identity;

import dev.berth.registry.identity.User.UserKey;
import dev.berth.registry.store.Item;
import dev.berth.registry.store.Keys;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** How a user is written down: the item under {@link Keys#user}. */
final class UserItem {

  private static final String KEY = "key:";
  private static final String ACTIVE = "Active";
  private static final String INACTIVE = "Inactive";

  private UserItem() {}

  static Item write(User user, long version) {
    Item.Builder item = Item.at(Keys.user(user.account(), user.name()));
    EntityItem.write(item, user, version);
    for (UserKey key : user.keys()) {
      String status = key.active() ? ACTIVE : INACTIVE;
      item.text(KEY + key.id(), status + " " + key.createdAt().toEpochMilli());
    }
    return item.build();
  }

  static User read(Item item) {
    return new User(
        item.text(EntityItem.ACCOUNT),
        item.text(EntityItem.PATH),
        item.text(EntityItem.NAME),
        item.text(EntityItem.ID),
        EntityItem.createdAt(item),
        EntityItem.permissions(item),
        EntityItem.tags(item),
        keys(item));
  }

  private static List<UserKey> keys(Item item) {
    return EntityItem.named(item, KEY).entrySet().stream()
        .map(UserItem::key)
        .sorted(Comparator.comparing(UserKey::createdAt).thenComparing(UserKey::id))
        .toList();
  }

  private static UserKey key(Map.Entry<String, String> attribute) {
    String[] parts = attribute.getValue().split(" ");
    return new UserKey(
        attribute.getKey(),
        parts[0].equals(ACTIVE),
        Instant.ofEpochMilli(Long.parseLong(parts[1])));
  }
}
