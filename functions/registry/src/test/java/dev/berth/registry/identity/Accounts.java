package dev.berth.registry.identity;

import dev.berth.core.authz.Principal;
import dev.berth.core.secret.DeploymentSecret;
import dev.berth.core.sigv4.AccessKey;
import dev.berth.core.sigv4.KeyLookup;
import dev.berth.registry.store.InterposedTable;
import dev.berth.registry.store.Item;
import dev.berth.registry.store.MemoryTable;
import dev.berth.registry.store.Table;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Identities of a test: the same ones seen from two processes over one table. */
public final class Accounts {

  static final String ACCOUNT = "123456789012";
  static final String OTHER_ACCOUNT = "210987654321";
  static final AccessKey ROOT =
      new AccessKey("AKIAROOT", "the root's secret", Principal.root(ACCOUNT, "AKIAROOT"));
  static final String READ =
      """
      {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"ecr:Get*","Resource":"*"}]}\
      """;
  static final String WRITE =
      """
      {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"ecr:Put*","Resource":"*"}]}\
      """;
  static final String READ_ONLY = "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryReadOnly";

  private static final DeploymentSecret SECRET =
      new DeploymentSecret(List.of(new DeploymentSecret.Key("k1", new byte[32])));

  final MemoryTable table = new MemoryTable();
  final InterposedTable interposed = new InterposedTable(table);
  Instant now = Instant.parse("2026-06-01T12:00:00.250Z");
  final Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);
  Optional<AccessKey> root = Optional.of(ROOT);
  final Identities here = over(interposed, this::root, clock);
  final Identities elsewhere = over(table, this::root, clock);

  public static Identities over(Table table, KeyLookup roots, Clock clock) {
    return new Identities(table, SECRET, roots, clock);
  }

  private Optional<AccessKey> root(String id) {
    return root.filter(key -> key.id().equals(id));
  }

  void passes(Duration time) {
    now = now.plus(time);
  }

  public static User user(String account, String name) {
    return User.made(
        account, "/", name, Instant.EPOCH, Permissions.NONE, Collections.emptySortedMap());
  }

  User makeUser(String name) {
    User user = user(ACCOUNT, name);
    here.users().create(user);
    return user;
  }

  static User bounded(String name, String boundary) {
    return User.made(
        ACCOUNT,
        "/",
        name,
        Instant.EPOCH,
        Permissions.NONE.withBoundary(Optional.of(boundary)),
        Collections.emptySortedMap());
  }

  public static Role role(String account, String name) {
    return Role.made(
        account,
        "/",
        name,
        "",
        Instant.EPOCH,
        "{}",
        Role.AN_HOUR,
        Permissions.NONE,
        new TreeMap<>(Map.of("team", "harbour")));
  }

  Role makeRole(String name) {
    Role role = role(ACCOUNT, name);
    here.roles().create(role);
    return role;
  }

  public static CustomerPolicy policy(String account, String name, String text) {
    return CustomerPolicy.made(
        account, "/", name, "", text, Instant.EPOCH, Collections.emptySortedMap());
  }

  /** Its ARN. */
  String makePolicy(String name, String text) {
    CustomerPolicy policy = policy(ACCOUNT, name, text);
    here.policies().create(policy);
    return policy.arn();
  }

  void attach(String user, String arn) {
    here.users().change(ACCOUNT, user, u -> u.with(u.permissions().attach(arn)));
  }

  void detach(String user, String arn) {
    here.users().change(ACCOUNT, user, u -> u.with(u.permissions().detach(arn)));
  }

  CustomerPolicy uses(String arn) {
    return here.policies().find(ACCOUNT, arn).orElseThrow();
  }

  AccessKeys.Created makeKey(String user) {
    return here.accessKeys().create(ACCOUNT, user);
  }

  static Optional<AccessKey> find(Identities identities, String keyId) {
    return identities.keys().find(keyId);
  }

  Principal principal(String keyId) {
    return find(here, keyId).orElseThrow().principal();
  }

  Item item(String partition) {
    return table.all().stream()
        .filter(item -> item.key().partition().equals(partition))
        .findFirst()
        .orElseThrow();
  }
}
