package dev.berth.registry.identity;

import dev.berth.core.authz.Principal;
import dev.berth.core.authz.Session;
import dev.berth.core.authz.Session.AssumedRole;
import dev.berth.core.sigv4.AccessKey;
import dev.berth.registry.identity.IdentityException.PackedPolicyTooLarge;
import dev.berth.registry.store.Action;
import dev.berth.registry.store.Condition;
import dev.berth.registry.store.Expirations;
import dev.berth.registry.store.Item;
import dev.berth.registry.store.Limits;
import dev.berth.registry.store.Table;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Begins sessions: temporary access keys, which are deleted some time after they end. */
public final class Sessions {

  /** Of a session's item, nearly all of it policies and tags; many are remembered at a time. */
  private static final int MOST_BYTES = 128 * 1024;

  private final Table home;
  private final KeyItem items;
  private final Clock clock;

  Sessions(Table home, KeyItem items, Clock clock) {
    this.home = home;
    this.items = items;
    this.clock = clock;
  }

  /**
   * A session of a role.
   *
   * @param sessionName as the caller calls it: letters, digits and {@code _+=,.@-}
   * @param policies texts of the session policies
   * @return the temporary key, with its secret and its token
   * @throws PackedPolicyTooLarge if policies and tags have some 128 KB together
   */
  public AccessKey ofRole(
      Role role,
      String sessionName,
      Duration length,
      List<String> policies,
      Map<String, String> tags) {
    String id = UniqueIds.ofTemporaryKey();
    String arn =
        "arn:aws:sts::%s:assumed-role/%s/%s".formatted(role.account(), role.name(), sessionName);
    var assumed = new AssumedRole(role.arn(), role.name(), role.id());
    var principal =
        new Principal(
            role.account(),
            arn,
            role.id() + ":" + sessionName,
            id,
            Optional.of(session(length, Optional.of(assumed), policies, tags)));
    return keep(id, principal, Optional.empty());
  }

  /**
   * A session of the very user or root that asks for it, which is no good without the key that it
   * was asked for with.
   */
  public AccessKey of(Principal caller, Duration length) {
    String id = UniqueIds.ofTemporaryKey();
    var principal =
        new Principal(
            caller.account(),
            caller.arn(),
            caller.uniqueId(),
            id,
            Optional.of(session(length, Optional.empty(), List.of(), Map.of())));
    return keep(id, principal, Optional.of(caller.accessKeyId()));
  }

  /** In whole seconds, as STS tells the end. */
  private Session session(
      Duration length,
      Optional<AssumedRole> role,
      List<String> policies,
      Map<String, String> tags) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    return new Session(now, now.plus(length), role, policies, tags);
  }

  private AccessKey keep(String id, Principal principal, Optional<String> parent) {
    var key =
        new AccessKey(id, UniqueIds.secret(), principal, Optional.of(UniqueIds.sessionToken()));
    Item item = items.write(key, parent);
    if (Limits.size(item) > MOST_BYTES) {
      throw new PackedPolicyTooLarge();
    }
    Instant end = principal.session().orElseThrow().expiresAt();
    Action put = Action.put(item, Condition.absent());
    if (!home.transact(put, Expirations.deleteAfter(end, item.key())).committed()) {
      throw new IllegalStateException("the id of a new key was taken");
    }
    return key;
  }
}
