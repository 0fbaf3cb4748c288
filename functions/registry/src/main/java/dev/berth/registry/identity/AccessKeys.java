package dev.berth.registry.identity;

import dev.berth.core.authz.Principal;
import dev.berth.core.sigv4.AccessKey;
import dev.berth.registry.identity.EntityStore.Change;
import dev.berth.registry.identity.IdentityException.LimitExceeded;
import dev.berth.registry.identity.IdentityException.NoSuchEntity;
import dev.berth.registry.identity.User.UserKey;
import dev.berth.registry.store.Action;
import dev.berth.registry.store.Condition;
import dev.berth.registry.store.Key;
import dev.berth.registry.store.Keys;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The access keys of users. A secret is shown once, when it is made. */
public final class AccessKeys {

  private final Users users;
  private final KeyItem items;
  private final Consumer<Key> changed;
  private final Clock clock;

  /**
   * @param changed told of each access key whose item was written
   */
  AccessKeys(Users users, KeyItem items, Consumer<Key> changed, Clock clock) {
    this.users = users;
    this.items = items;
    this.changed = changed;
    this.clock = clock;
  }

  /** A key that was just made. */
  public record Created(UserKey key, String secret) {

    @Override
    public String toString() {
      return "Created[" + key.id() + "]";
    }
  }

  /**
   * @throws NoSuchEntity if the account has no such user
   * @throws LimitExceeded if it has as many keys as one may have
   */
  public Created create(String account, String userName) {
    var key =
        new UserKey(UniqueIds.ofAccessKey(), true, clock.instant().truncatedTo(ChronoUnit.MILLIS));
    String secret = UniqueIds.secret();
    users.changeAlong(account, userName, user -> withKey(user, key, secret));
    changed.accept(Keys.accessKey(key.id()));
    return new Created(key, secret);
  }

  private Change<User> withKey(User user, UserKey key, String secret) {
    if (user.keys().size() >= User.MOST_KEYS) {
      throw LimitExceeded.quota("AccessKeysPerUser", User.MOST_KEYS);
    }
    List<UserKey> keys = new ArrayList<>(user.keys());
    keys.add(key);
    var principal = new Principal(user.account(), user.arn(), user.id(), key.id());
    var item = items.write(new AccessKey(key.id(), secret, principal), Optional.empty());
    return new Change<>(user.with(keys), List.of(Action.put(item, Condition.absent())));
  }

  /**
   * Makes a key usable, or not.
   *
   * @throws NoSuchEntity if the user, or its key, is not there
   */
  public void setActive(String account, String userName, String keyId, boolean active) {
    users.changeAlong(
        account,
        userName,
        user -> {
          UserKey key = require(user, keyId);
          List<UserKey> keys = without(user, keyId);
          keys.add(new UserKey(keyId, active, key.createdAt()));
          Action update =
              Action.update(Keys.accessKey(keyId))
                  .set(KeyItem.STATUS, active ? KeyItem.ACTIVE : KeyItem.INACTIVE)
                  .when(Condition.present());
          return new Change<>(user.with(keys), List.of(update));
        });
    changed.accept(Keys.accessKey(keyId));
  }

  /**
   * @throws NoSuchEntity if the user, or its key, is not there
   */
  public void delete(String account, String userName, String keyId) {
    users.changeAlong(
        account,
        userName,
        user -> {
          require(user, keyId);
          return new Change<>(
              user.with(without(user, keyId)), List.of(Action.delete(Keys.accessKey(keyId))));
        });
    changed.accept(Keys.accessKey(keyId));
  }

  private static UserKey require(User user, String keyId) {
    return user.keys().stream()
        .filter(key -> key.id().equals(keyId))
        .findFirst()
        .orElseThrow(() -> NoSuchEntity.accessKey(keyId));
  }

  private static List<UserKey> without(User user, String keyId) {
    return new ArrayList<>(user.keys().stream().filter(key -> !key.id().equals(keyId)).toList());
  }
}
