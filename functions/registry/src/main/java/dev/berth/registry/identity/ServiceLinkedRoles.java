package dev.berth.registry.identity;

import dev.berth.registry.store.Action;
import dev.berth.registry.store.Condition;
import dev.berth.registry.store.Item;
import dev.berth.registry.store.Key;
import dev.berth.registry.store.Keys;
import dev.berth.registry.store.Table;
import dev.berth.registry.store.Table.Consistency;
import java.time.Clock;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The service-linked roles of the accounts, and which regions use them. */
public final class ServiceLinkedRoles {

  private static final ServiceLinkedRole REPLICATION = ServiceLinkedRole.ECR_REPLICATION;
  private static final String TASK_ID = "taskId";
  private static final String REGIONS = "regions";

  private final Table home;
  private final Clock clock;

  public ServiceLinkedRoles(Table home, Clock clock) {
    this.home = home;
    this.clock = clock;
  }

  /**
   * That a region uses the replication role.
   *
   * @param id of this mark: another one is set each time
   */
  public record Mark(String account, String region, String id) {}

  public Optional<Role> find(String account, ServiceLinkedRole role) {
    return item(account, role).map(RoleItem::read);
  }

  /** Makes the replication role where the account has none, and marks it as used by the region. */
  public void markReplicating(String account, String region) {
    String markId = UUID.randomUUID().toString();
    boolean done = false;
    while (!done) {
      Action action =
          item(account, REPLICATION).isPresent()
              ? mark(account, region, markId)
              : Action.put(
                  RoleItem.write(made(account), 1).text(RoleItem.usedBy(region), markId).build(),
                  Condition.absent());
      done = home.transact(action).committed();
    }
  }

  private static Action mark(String account, String region, String markId) {
    return Action.update(key(account, REPLICATION))
        .set(RoleItem.usedBy(region), markId)
        .add(EntityItem.VERSION, 1)
        .when(Condition.present());
  }

  private Role made(String account) {
    return Role.made(
        account,
        REPLICATION.path(),
        REPLICATION.roleName(),
        REPLICATION.description(),
        clock.instant(),
        REPLICATION.trustPolicy(),
        Role.AN_HOUR,
        Permissions.NONE.attach(REPLICATION.policyArn()),
        Collections.emptySortedMap());
  }

  /** The mark that the region has set, if it has. */
  public Optional<Mark> mark(String account, String region) {
    return item(account, REPLICATION)
        .flatMap(item -> item.optionalText(RoleItem.usedBy(region)))
        .map(id -> new Mark(account, region, id));
  }

  /** Takes this mark away; nothing happens where it is no longer the region's. */
  public void unmark(Mark mark) {
    String attribute = RoleItem.usedBy(mark.region());
    home.transact(
        Action.update(key(mark.account(), REPLICATION))
            .remove(attribute)
            .add(EntityItem.VERSION, 1)
            .when(Condition.equal(attribute, mark.id())));
  }

  /**
   * Gives a role another description, which is all that may be changed of one.
   *
   * @return as it is now; empty where the account has no such role
   */
  public Optional<Role> describe(String account, ServiceLinkedRole role, String description) {
    boolean committed =
        home.transact(
                Action.update(key(account, role))
                    .set(RoleItem.DESCRIPTION, description)
                    .add(EntityItem.VERSION, 1)
                    .when(Condition.present()))
            .committed();
    return committed ? find(account, role) : Optional.empty();
  }

  /**
   * Deletes a role that no region uses. What became of it is kept until the next try.
   *
   * @return empty where the account has no such role
   */
  public Optional<RoleDeletion> delete(String account, ServiceLinkedRole role) {
    String taskId = "task" + role.path() + role.roleName() + "/" + UUID.randomUUID();
    while (true) {
      Optional<Item> item = item(account, role);
      if (item.isEmpty()) {
        return Optional.empty();
      }
      var deletion = new RoleDeletion(taskId, RoleItem.regionsUsing(item.get()));
      if (home.transact(actions(account, role, item.get(), deletion)).committed()) {
        return Optional.of(deletion);
      }
      // a region has begun or ceased to use it since it was read: decide again
    }
  }

  private static List<Action> actions(
      String account, ServiceLinkedRole role, Item item, RoleDeletion deletion) {
    Condition unchanged = EntityItem.unchanged(item);
    Item task =
        Item.at(Keys.roleDeletion(account, role.roleName()))
            .number(Keys.FORMAT_ATTRIBUTE, Keys.FORMAT)
            .text(TASK_ID, deletion.taskId())
            .text(REGIONS, String.join(" ", deletion.regionsUsing()))
            .build();
    return List.of(
        deletion.succeeded()
            ? Action.delete(item.key(), unchanged)
            : Action.check(item.key(), unchanged),
        Action.put(task));
  }

  /** What became of a try to delete a role, where it was the last one. */
  public Optional<RoleDeletion> deletion(String account, String taskId) {
    return Arrays.stream(ServiceLinkedRole.values())
        .map(role -> Keys.roleDeletion(account, role.roleName()))
        .flatMap(key -> home.get(key, Consistency.STRONG).stream())
        .filter(item -> item.text(TASK_ID).equals(taskId))
        .map(item -> new RoleDeletion(taskId, regions(item.text(REGIONS))))
        .findFirst();
  }

  private static List<String> regions(String joined) {
    return joined.isEmpty() ? List.of() : List.of(joined.split(" "));
  }

  private Optional<Item> item(String account, ServiceLinkedRole role) {
    return home.get(key(account, role), Consistency.STRONG);
  }

  private static Key key(String account, ServiceLinkedRole role) {
    return Keys.role(account, role.roleName());
  }
}
