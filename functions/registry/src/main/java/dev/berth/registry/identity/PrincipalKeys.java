package dev.berth.registry.identity;

import dev.berth.core.authz.Principal;
import dev.berth.core.authz.Session.AssumedRole;
import dev.berth.core.sigv4.AccessKey;
import dev.berth.core.sigv4.KeyLookup;
import dev.berth.registry.cache.RecentCache;
import dev.berth.registry.identity.KeyItem.Kept;
import dev.berth.registry.store.Key;
import dev.berth.registry.store.Keys;
import dev.berth.registry.store.Table;
import dev.berth.registry.store.Table.Consistency;
import java.time.Clock;
import java.util.Optional;

/**
 * The access keys that may be used now: those of roots, users and sessions. One that is deleted or
 * deactivated is so within {@link RecentCache#AGE}, and with it what was made with it.
 */
final class PrincipalKeys implements KeyLookup {

  private static final int MOST_REMEMBERED = 1_000;

  private final Table home;
  private final KeyLookup roots;
  private final KeyItem items;
  private final PrincipalGrants grants;
  private final RecentCache<Key, Optional<Kept>> recent;

  PrincipalKeys(Table home, KeyLookup roots, KeyItem items, PrincipalGrants grants, Clock clock) {
    this.home = home;
    this.roots = roots;
    this.items = items;
    this.grants = grants;
    this.recent = new RecentCache<>(clock, MOST_REMEMBERED);
  }

  @Override
  public Optional<AccessKey> find(String accessKeyId) {
    return roots.find(accessKeyId).or(() -> kept(accessKeyId));
  }

  private Optional<AccessKey> kept(String accessKeyId) {
    return recent
        .get(Keys.accessKey(accessKeyId), key -> home.get(key, Consistency.STRONG).map(items::read))
        .filter(Kept::active)
        .filter(this::hasItsParent)
        .map(Kept::key)
        .filter(key -> isThere(key.principal()));
  }

  /** Of the same principal: a root's key may be preset with the id that another's had. */
  private boolean hasItsParent(Kept kept) {
    String uniqueId = kept.key().principal().uniqueId();
    return kept.parent()
        .map(
            parent ->
                find(parent).filter(key -> key.principal().uniqueId().equals(uniqueId)).isPresent())
        .orElse(true);
  }

  /** A session ends with its role: one that was made anew under the name is another. */
  private boolean isThere(Principal principal) {
    Optional<AssumedRole> role = principal.session().flatMap(session -> session.role());
    return role.isEmpty() || grants.hasRole(principal.account(), role.get());
  }

  void forget(Key key) {
    recent.forget(key);
  }
}
