package dev.berth.registry.identity;

import dev.berth.registry.store.Action;
import dev.berth.registry.store.Attribute;
import dev.berth.registry.store.Condition;
import dev.berth.registry.store.Item;
import dev.berth.registry.store.Key;
import dev.berth.registry.store.Keys;
import dev.berth.registry.store.Table;
import dev.berth.registry.store.Table.Consistency;
import java.util.HashMap;
import java.util.Map;

/**
 * Service-linked roles as they were written before there were other roles: under their names with
 * capital letters, and without what every role of its kind had alike.
 */
final class FormerRoles {

  private FormerRoles() {}

  /** Writes those of an account as they are written now. May be stopped anywhere, and run again. */
  static void renew(Table home, String account) {
    for (ServiceLinkedRole role : ServiceLinkedRole.values()) {
      Key former = Keys.formerRole(account, role.roleName());
      home.get(former, Consistency.STRONG).ifPresent(item -> renew(home, role, item));
    }
  }

  private static void renew(Table home, ServiceLinkedRole role, Item former) {
    Action delete = Action.delete(former.key(), EntityItem.unchanged(former));
    Action put = Action.put(renewed(role, former), Condition.absent());
    if (!home.transact(put, delete).committed()) {
      // there is one already that was made since: that one counts
      home.transact(delete);
    }
  }

  private static Item renewed(ServiceLinkedRole role, Item former) {
    Key key = Keys.role(former.text(EntityItem.ACCOUNT), role.roleName());
    Item.Builder added = Item.at(key).text(EntityItem.attached(role.policyArn()), "");
    RoleItem.writeTrust(added, role.trustPolicy(), Role.AN_HOUR);
    Map<String, Attribute> attributes = new HashMap<>(former.attributes());
    attributes.putAll(added.build().attributes());
    return new Item(key, attributes);
  }
}
