package dev.berth.registry.identity;

import static dev.berth.registry.identity.Accounts.ACCOUNT;
import static dev.berth.registry.identity.Accounts.READ;
import static dev.berth.registry.identity.Accounts.ROOT;
import static dev.berth.registry.identity.Accounts.WRITE;
import static dev.berth.registry.identity.Accounts.find;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.core.authz.Principal;
import dev.berth.core.authz.Session;
import dev.berth.core.sigv4.AccessKey;
import dev.berth.registry.identity.IdentityException.PackedPolicyTooLarge;
import dev.berth.registry.store.Expirations;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SessionsTest {

  private static final Duration AN_HOUR = Duration.ofHours(1);

  private final Accounts accounts = new Accounts();

  private AccessKey assume(Role role) {
    return accounts
        .here
        .sessions()
        .ofRole(role, "build.7", AN_HOUR, List.of(READ, WRITE), Map.of("job", "7"));
  }

  @Test
  void aSessionIsReadElsewhereAsItWasBegun() {
    Role role = accounts.makeRole("ci");

    AccessKey begun = assume(role);

    assertThat(find(accounts.elsewhere, begun.id())).contains(begun);
    Principal principal = begun.principal();
    assertThat(principal.arn()).isEqualTo("arn:aws:sts::123456789012:assumed-role/ci/build.7");
    assertThat(principal.uniqueId()).isEqualTo(role.id() + ":build.7");
    Session session = principal.session().orElseThrow();
    assertThat(session.policies()).containsExactly(READ, WRITE);
    assertThat(session.tags()).isEqualTo(Map.of("job", "7"));
    assertThat(session.expiresAt()).isEqualTo(Instant.parse("2026-06-01T13:00:00Z"));
    assertThat(session.role().orElseThrow().id()).isEqualTo(role.id());
    assertThat(begun.id()).matches("ASIA[A-Z2-7]{16}");
  }

  @Test
  void moreThanTenPoliciesKeepTheirOrder() {
    List<String> texts = IntStream.range(0, 11).mapToObj(i -> "p" + i).toList();

    AccessKey begun =
        accounts.here.sessions().ofRole(accounts.makeRole("ci"), "s", AN_HOUR, texts, Map.of());

    assertThat(found(begun).policies()).containsExactlyElementsOf(texts);
  }

  private Session found(AccessKey key) {
    return find(accounts.elsewhere, key.id()).orElseThrow().principal().session().orElseThrow();
  }

  @Test
  void aSessionEndsWithItsRole() {
    AccessKey begun = assume(accounts.makeRole("ci"));
    assertThat(find(accounts.here, begun.id())).isPresent();
    assertThat(find(accounts.elsewhere, begun.id())).isPresent();

    accounts.here.roles().delete(ACCOUNT, "ci");

    assertThat(find(accounts.here, begun.id())).isEmpty();
    accounts.passes(Duration.ofSeconds(5));
    assertThat(find(accounts.elsewhere, begun.id())).isEmpty();
  }

  @Test
  void aRoleThatIsMadeAnewDoesNotReviveASession() {
    AccessKey begun = assume(accounts.makeRole("ci"));
    accounts.here.roles().delete(ACCOUNT, "ci");

    Role renewed = accounts.makeRole("CI");

    assertThat(find(accounts.here, begun.id())).isEmpty();
    assertThat(accounts.here.grants(begun.principal())).isEqualTo(Grants.NONE);
    assertThat(find(accounts.here, assume(renewed).id())).isPresent();
  }

  @Test
  void aSessionOfAUserEndsWithTheKeyThatAskedForIt() {
    User alice = accounts.makeUser("alice");
    String parent = accounts.makeKey("alice").key().id();
    AccessKey begun = accounts.here.sessions().of(accounts.principal(parent), AN_HOUR);
    Principal found = find(accounts.elsewhere, begun.id()).orElseThrow().principal();
    assertThat(found.uniqueId()).isEqualTo(alice.id());
    assertThat(found.arn()).isEqualTo(alice.arn());
    assertThat(found.accessKeyId()).isEqualTo(begun.id());

    accounts.here.accessKeys().setActive(ACCOUNT, "alice", parent, false);
    assertThat(find(accounts.here, begun.id())).isEmpty();
    accounts.here.accessKeys().setActive(ACCOUNT, "alice", parent, true);
    assertThat(find(accounts.here, begun.id())).isPresent();
    accounts.here.accessKeys().delete(ACCOUNT, "alice", parent);
    assertThat(find(accounts.here, begun.id())).isEmpty();
    accounts.passes(Duration.ofSeconds(5));
    assertThat(find(accounts.elsewhere, begun.id())).isEmpty();
  }

  @Test
  void aSessionOfARootEndsWhenItsKeyIsAnothers() {
    AccessKey begun = accounts.here.sessions().of(ROOT.principal(), AN_HOUR);
    assertThat(find(accounts.here, begun.id()).orElseThrow().principal().isRoot()).isTrue();

    var other = Principal.root(Accounts.OTHER_ACCOUNT, ROOT.id());
    accounts.root = Optional.of(new AccessKey(ROOT.id(), "x", other));

    assertThat(find(accounts.here, begun.id())).isEmpty();
  }

  @Test
  void anEndedSessionIsKnownForAnotherHourAndThenDeleted() {
    AccessKey begun = assume(accounts.makeRole("ci"));

    accounts.now = Instant.parse("2026-06-01T14:00:00.999Z");
    Expirations.sweep(accounts.table, accounts.now);
    assertThat(find(accounts.here, begun.id())).isPresent();

    accounts.now = Instant.parse("2026-06-01T14:00:01Z");
    Expirations.sweep(accounts.table, accounts.now);
    accounts.passes(Duration.ofSeconds(5));
    assertThat(find(accounts.here, begun.id())).isEmpty();
    assertThat(accounts.table.all())
        .extracting(item -> item.key().partition())
        .containsOnly("P#" + ACCOUNT);
  }

  @Test
  void whatIsTooMuchForASessionIsRefused() {
    Role role = accounts.makeRole("ci");
    String text = " ".repeat(130 * 1024);

    assertThatThrownBy(
            () -> accounts.here.sessions().ofRole(role, "s", AN_HOUR, List.of(text), Map.of()))
        .isInstanceOf(PackedPolicyTooLarge.class);
    assertThat(accounts.table.all()).hasSize(1);
  }
}
