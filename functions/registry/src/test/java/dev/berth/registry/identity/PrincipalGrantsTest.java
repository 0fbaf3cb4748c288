package dev.berth.registry.identity;

import static dev.berth.registry.identity.Accounts.ACCOUNT;
import static dev.berth.registry.identity.Accounts.READ;
import static dev.berth.registry.identity.Accounts.READ_ONLY;
import static dev.berth.registry.identity.Accounts.ROOT;
import static dev.berth.registry.identity.Accounts.WRITE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.authz.Principal;
import dev.berth.core.policy.Effect;
import dev.berth.core.policy.ManagedPolicy;
import dev.berth.core.policy.PolicyDocument;
import dev.berth.core.policy.PolicyReader;
import dev.berth.core.policy.PolicySize;
import dev.berth.core.policy.Statement;
import dev.berth.registry.store.Keys;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PrincipalGrantsTest {

  private final Accounts accounts = new Accounts();
  private final Users users = accounts.here.users();
  private Principal alice;

  @BeforeEach
  void makeAlice() {
    accounts.makeUser("alice");
    alice = accounts.principal(accounts.makeKey("alice").key().id());
  }

  private static String text(String policy) {
    return PolicyReader.ofIdentity(PolicySize.MANAGED).read(policy).text();
  }

  private void change(UnaryOperator<Permissions> change) {
    users.change(ACCOUNT, "alice", u -> u.with(change.apply(u.permissions())));
  }

  @Test
  void theyAreInlineAndAttachedPoliciesBoundaryAndTags() {
    String write = accounts.makePolicy("write", WRITE);
    change(
        p ->
            p.withInline("read", READ)
                .attach(READ_ONLY)
                .attach(write)
                .withBoundary(Optional.of(write)));
    users.change(ACCOUNT, "alice", u -> u.with(new TreeMap<>(Map.of("team", "harbour"))));

    for (Identities identities : List.of(accounts.here, accounts.elsewhere)) {
      Grants grants = identities.grants(alice);
      assertThat(grants.policies())
          .extracting(PolicyDocument::text)
          .containsExactlyInAnyOrder(
              text(READ), ManagedPolicy.READ_ONLY.document().text(), text(WRITE));
      assertThat(grants.boundary()).map(PolicyDocument::text).contains(text(WRITE));
      assertThat(grants.tags()).isEqualTo(Map.of("team", "harbour"));
    }
  }

  @Test
  void aSessionHasThoseOfItsRole() {
    Role role = accounts.makeRole("ci");
    accounts.here.roles().change(ACCOUNT, "ci", r -> r.with(r.permissions().withInline("a", READ)));
    var session =
        accounts.here.sessions().ofRole(role, "ci", Role.AN_HOUR, List.of(), Map.of("a", "b"));

    Grants grants = accounts.here.grants(session.principal());

    assertThat(grants.policies()).extracting(PolicyDocument::text).containsExactly(text(READ));
    assertThat(grants.tags()).isEqualTo(Map.of("team", "harbour"));
  }

  @Test
  void aRootHasNoneAndNeedsNone() {
    assertThat(accounts.here.grants(ROOT.principal())).isEqualTo(Grants.NONE);
  }

  @Test
  void aUserThatIsMadeAnewHasNotThoseOfTheFormer() {
    accounts.here.accessKeys().delete(ACCOUNT, "alice", alice.accessKeyId());
    users.delete(ACCOUNT, "alice");
    accounts.makeUser("alice");
    change(p -> p.withInline("read", READ));

    assertThat(accounts.here.grants(alice)).isEqualTo(Grants.NONE);
  }

  @Test
  void aChangeShowsAtOnceHereAndWithinFiveSecondsElsewhere() {
    assertThat(accounts.here.grants(alice).policies()).isEmpty();
    assertThat(accounts.elsewhere.grants(alice).policies()).isEmpty();

    change(p -> p.withInline("read", READ));

    assertThat(accounts.here.grants(alice).policies()).hasSize(1);
    accounts.passes(Duration.ofMillis(4999));
    assertThat(accounts.elsewhere.grants(alice).policies()).isEmpty();
    accounts.passes(Duration.ofMillis(1));
    assertThat(accounts.elsewhere.grants(alice).policies()).hasSize(1);
  }

  @Test
  void whatWasReadLatelyIsNotReadAgain() {
    accounts.elsewhere.grants(alice);
    accounts.table.takeCalls();

    accounts.elsewhere.grants(alice);

    assertThat(accounts.table.takeCalls()).isZero();
  }

  @Test
  void aPolicyThatIsDetachedAndDeletedBetweenTheReadsIsNotMissed() {
    String read = accounts.makePolicy("read", READ);
    accounts.attach("alice", read);
    accounts.interposed.beforeRead(
        Keys.customerPolicy(ACCOUNT, "read")::equals,
        () -> {
          detachElsewhere(read);
          accounts.elsewhere.policies().delete(ACCOUNT, read);
        });

    assertThat(accounts.here.grants(alice)).isEqualTo(Grants.NONE);
  }

  @Test
  void aPolicyThatIsMadeAnewBetweenTheReadsIsNotGranted() {
    String read = accounts.makePolicy("read", READ);
    accounts.attach("alice", read);
    accounts.interposed.beforeRead(
        Keys.customerPolicy(ACCOUNT, "read")::equals,
        () -> {
          detachElsewhere(read);
          accounts.elsewhere.policies().delete(ACCOUNT, read);
          accounts.elsewhere.policies().create(Accounts.policy(ACCOUNT, "read", WRITE));
        });

    assertThat(accounts.here.grants(alice)).isEqualTo(Grants.NONE);
  }

  private void detachElsewhere(String arn) {
    accounts.elsewhere.users().change(ACCOUNT, "alice", u -> u.with(u.permissions().detach(arn)));
  }

  @Test
  void theServiceLinkedRolesPolicyIsKnown() {
    accounts.here.serviceLinkedRoles().markReplicating(ACCOUNT, "us-east-1");
    Role role =
        accounts.here.roles().require(ACCOUNT, ServiceLinkedRole.ECR_REPLICATION.roleName());
    var session = accounts.here.sessions().ofRole(role, "s", Role.AN_HOUR, List.of(), Map.of());

    assertThat(accounts.here.grants(session.principal()).policies())
        .extracting(PolicyDocument::text)
        .containsExactly(text(ServiceLinkedRole.ECR_REPLICATION.permissions()));
  }

  @Test
  void aPolicyThatCannotBeReadDeniesEverything() {
    change(p -> p.withInline("read", READ).withInline("broken", "{}"));

    assertThat(accounts.here.grants(alice).policies())
        .flatExtracting(PolicyDocument::statements)
        .extracting(Statement::effect)
        .contains(Effect.DENY);
  }
}
