package dev.berth.registry.identity;

import dev.berth.core.authz.Principal;
import dev.berth.core.authz.Session.AssumedRole;
import dev.berth.core.policy.ManagedPolicy;
import dev.berth.core.policy.PolicyDocument;
import dev.berth.registry.cache.RecentCache;
import dev.berth.registry.identity.CustomerPolicy.Reference;
import dev.berth.registry.store.Item;
import dev.berth.registry.store.Key;
import dev.berth.registry.store.Keys;
import dev.berth.registry.store.Table;
import dev.berth.registry.store.Table.Consistency;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the policies of users and roles grant, as of {@link RecentCache#AGE} ago at the earliest.
 */
final class PrincipalGrants {

  private static final int MOST_REMEMBERED = 1_000;
  private static final int MOST_ATTEMPTS = 5;

  private final Table home;
  private final RecentCache<Key, Optional<Known>> recent;

  PrincipalGrants(Table home, Clock clock) {
    this.home = home;
    this.recent = new RecentCache<>(clock, MOST_REMEMBERED);
  }

  /**
   * @param id of the user or role, which makes it this one
   */
  private record Known(String id, Grants grants) {}

  /** None for a root, whose account allows it everything, and for a principal that is no more. */
  Grants of(Principal principal) {
    if (principal.isRoot()) {
      return Grants.NONE;
    }
    Optional<AssumedRole> role = principal.session().flatMap(session -> session.role());
    return role.isPresent()
        ? grants(Keys.role(principal.account(), role.get().name()), role.get().id())
        : grants(Keys.user(principal.account(), userName(principal)), principal.uniqueId());
  }

  boolean hasRole(String account, AssumedRole role) {
    return known(Keys.role(account, role.name()))
        .filter(known -> known.id().equals(role.id()))
        .isPresent();
  }

  private static String userName(Principal user) {
    return user.arn().substring(user.arn().lastIndexOf('/') + 1);
  }

  private Grants grants(Key key, String id) {
    return known(key).filter(known -> known.id().equals(id)).map(Known::grants).orElse(Grants.NONE);
  }

  private Optional<Known> known(Key key) {
    return recent.get(key, this::read);
  }

  private Optional<Known> read(Key key) {
    for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      Optional<Item> item = home.get(key, Consistency.STRONG);
      if (item.isEmpty()) {
        return Optional.empty();
      }
      Permissions permissions = EntityItem.permissions(item.get());
      Map<String, PolicyDocument> managed = managed(permissions);
      if (managed.keySet().containsAll(named(permissions)) && isStill(item.get(), permissions)) {
        return Optional.of(known(item.get(), permissions, managed));
      }
      // a policy was detached and deleted between the reads, and perhaps made anew: look again
    }
    throw new IllegalStateException("policies of %s are in use and gone".formatted(key));
  }

  /** Of a user or role with customer managed policies, whose texts were read after it. */
  private boolean isStill(Item item, Permissions permissions) {
    return named(permissions).stream().allMatch(arn -> Reference.of(arn).isEmpty())
        || home.get(item.key(), Consistency.STRONG).filter(item::equals).isPresent();
  }

  private static Known known(
      Item item, Permissions permissions, Map<String, PolicyDocument> managed) {
    List<PolicyDocument> policies = new ArrayList<>();
    String whose = item.key().toString();
    permissions.inline().values().forEach(text -> policies.add(KeptPolicy.ofIdentity(text, whose)));
    permissions.attached().forEach(arn -> policies.add(managed.get(arn)));
    return new Known(
        item.text(EntityItem.ID),
        new Grants(policies, permissions.boundary().map(managed::get), EntityItem.tags(item)));
  }

  private static Set<String> named(Permissions permissions) {
    Set<String> arns = new TreeSet<>(permissions.attached());
    permissions.boundary().ifPresent(arns::add);
    return arns;
  }

  /** By ARN, those that there are. */
  private Map<String, PolicyDocument> managed(Permissions permissions) {
    Map<String, PolicyDocument> documents = new TreeMap<>();
    List<Key> customers = new ArrayList<>();
    for (String arn : named(permissions)) {
      ofAws(arn).ifPresent(document -> documents.put(arn, document));
      Reference.of(arn)
          .ifPresent(policy -> customers.add(Keys.customerPolicy(policy.account(), policy.name())));
    }
    if (!customers.isEmpty()) {
      home.get(customers, Consistency.STRONG).values().stream()
          .map(CustomerPolicyItem::read)
          .forEach(
              policy ->
                  documents.put(policy.arn(), KeptPolicy.ofIdentity(policy.text(), policy.arn())));
    }
    return documents;
  }

  private static Optional<PolicyDocument> ofAws(String arn) {
    return ManagedPolicy.byArn(arn)
        .map(ManagedPolicy::document)
        .or(
            () ->
                ServiceLinkedRole.ofPolicy(arn)
                    .map(role -> KeptPolicy.ofIdentity(role.permissions(), arn)));
  }

  void forget(Key key) {
    recent.forget(key);
  }
}
