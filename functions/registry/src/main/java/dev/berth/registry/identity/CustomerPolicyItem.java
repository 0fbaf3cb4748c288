package dev.berth.registry.identity;

import dev.berth.registry.store.Item;
import dev.berth.registry.store.Keys;

/** How a customer managed policy is written down: the item under {@link Keys#customerPolicy}. */
final class CustomerPolicyItem {

  static final String ARN = "arn";
  static final String ATTACHMENTS = "attachments";
  static final String BOUNDARY_USES = "boundaryUses";

  private static final String DESCRIPTION = "description";
  private static final String TEXT = "text";

  private CustomerPolicyItem() {}

  static Item write(CustomerPolicy policy) {
    Item.Builder item =
        Item.at(Keys.customerPolicy(policy.account(), policy.name()))
            .number(Keys.FORMAT_ATTRIBUTE, Keys.FORMAT)
            .text(EntityItem.ACCOUNT, policy.account())
            .text(EntityItem.PATH, policy.path())
            .text(EntityItem.NAME, policy.name())
            .text(EntityItem.ID, policy.id())
            .text(ARN, policy.arn())
            .text(DESCRIPTION, policy.description())
            .text(TEXT, policy.text())
            .number(EntityItem.CREATED_AT, policy.createdAt().toEpochMilli())
            .number(ATTACHMENTS, policy.attachments())
            .number(BOUNDARY_USES, policy.boundaryUses())
            .number(EntityItem.VERSION, 1);
    EntityItem.writeTags(item, policy.tags());
    return item.build();
  }

  static CustomerPolicy read(Item item) {
    return new CustomerPolicy(
        item.text(EntityItem.ACCOUNT),
        item.text(EntityItem.PATH),
        item.text(EntityItem.NAME),
        item.text(EntityItem.ID),
        item.text(DESCRIPTION),
        item.text(TEXT),
        EntityItem.createdAt(item),
        EntityItem.tags(item),
        item.number(ATTACHMENTS),
        item.number(BOUNDARY_USES));
  }
}
