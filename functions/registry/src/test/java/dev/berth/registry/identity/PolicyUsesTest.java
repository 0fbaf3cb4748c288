package dev.berth.registry.identity;

import static dev.berth.registry.identity.Accounts.ACCOUNT;
import static dev.berth.registry.identity.Accounts.OTHER_ACCOUNT;
import static dev.berth.registry.identity.Accounts.READ;
import static dev.berth.registry.identity.Accounts.READ_ONLY;
import static dev.berth.registry.identity.Accounts.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.identity.IdentityException.DeleteConflict;
import dev.berth.registry.identity.IdentityException.EntityAlreadyExists;
import dev.berth.registry.identity.IdentityException.LimitExceeded;
import dev.berth.registry.identity.IdentityException.NoSuchEntity;
import dev.berth.registry.store.Action;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyUsesTest {

  private final Accounts accounts = new Accounts();
  private final CustomerPolicies policies = accounts.here.policies();
  private String arn;

  @BeforeEach
  void make() {
    arn = accounts.makePolicy("read", READ);
    accounts.makeUser("alice");
  }

  @Test
  void aPolicyIsReadAsItWasMade() {
    var tags = new TreeMap<>(Map.of("a", "b"));
    var made =
        CustomerPolicy.made(ACCOUNT, "/a/b/", "Write", "d", WRITE, Instant.ofEpochMilli(7), tags);

    policies.create(made);

    assertThat(policies.find(ACCOUNT, made.arn())).contains(made);
    assertThat(made.arn()).isEqualTo("arn:aws:iam::123456789012:policy/a/b/Write");
    assertThat(made.id()).matches("ANPA[A-Z2-7]{17}");
  }

  @Test
  void aNameIsTakenWhateverItsCaseAndPath() {
    var other =
        CustomerPolicy.made(ACCOUNT, "/x/", "READ", "", WRITE, Instant.EPOCH, new TreeMap<>());

    assertThatThrownBy(() -> policies.create(other)).isInstanceOf(EntityAlreadyExists.class);
    assertThat(policies.find(ACCOUNT, other.arn())).isEmpty();
  }

  @Test
  void attachedAndDetachedItCountsItsUses() {
    accounts.attach("alice", arn);
    accounts.attach("alice", arn);
    accounts.makeRole("ci");
    accounts.here.roles().change(ACCOUNT, "ci", r -> r.with(r.permissions().attach(arn)));
    assertThat(accounts.uses(arn).attachments()).isEqualTo(2);

    accounts.detach("alice", arn);
    accounts.detach("alice", arn);
    assertThat(accounts.uses(arn).attachments()).isEqualTo(1);
  }

  @Test
  void aBoundaryIsCountedByItself() {
    accounts.here.users().create(Accounts.bounded("bob", arn));
    bind("alice", Optional.of(arn));
    assertThat(accounts.uses(arn).boundaryUses()).isEqualTo(2);
    assertThat(accounts.uses(arn).attachments()).isZero();
    assertThatThrownBy(() -> policies.delete(ACCOUNT, arn)).isInstanceOf(DeleteConflict.class);

    bind("alice", Optional.of(READ_ONLY));
    assertThat(accounts.uses(arn).boundaryUses()).isEqualTo(1);
    accounts.here.users().delete(ACCOUNT, "bob");
    assertThat(accounts.uses(arn).boundaryUses()).isZero();
    policies.delete(ACCOUNT, arn);
  }

  private void bind(String user, Optional<String> boundary) {
    accounts
        .here
        .users()
        .change(ACCOUNT, user, u -> u.with(u.permissions().withBoundary(boundary)));
  }

  @Test
  void oneThatIsAttachedAndABoundaryAtOnceCountsAsBoth() {
    accounts
        .here
        .users()
        .change(
            ACCOUNT,
            "alice",
            u -> u.with(u.permissions().attach(arn).withBoundary(Optional.of(arn))));

    assertThat(accounts.uses(arn).attachments()).isEqualTo(1);
    assertThat(accounts.uses(arn).boundaryUses()).isEqualTo(1);
  }

  @Test
  void onePolicyInUseIsNotDeleted() {
    accounts.attach("alice", arn);
    assertThatThrownBy(() -> policies.delete(ACCOUNT, arn)).isInstanceOf(DeleteConflict.class);

    accounts.detach("alice", arn);
    policies.delete(ACCOUNT, arn);
    assertThat(policies.find(ACCOUNT, arn)).isEmpty();
    assertThatThrownBy(() -> policies.delete(ACCOUNT, arn)).isInstanceOf(NoSuchEntity.class);
  }

  @Test
  void oneThatIsAttachedMeanwhileIsNotDeleted() {
    var attaching = accounts.elsewhere.users();
    accounts.interposed.before(
        Action.Delete.class::isInstance,
        () -> attaching.change(ACCOUNT, "alice", u -> u.with(u.permissions().attach(arn))));

    assertThatThrownBy(() -> policies.delete(ACCOUNT, arn)).isInstanceOf(DeleteConflict.class);
    assertThat(accounts.uses(arn).attachments()).isEqualTo(1);
  }

  @Test
  void oneThatIsDeletedMeanwhileIsNotAttached() {
    accounts.interposed.before(
        Action.Put.class::isInstance, () -> accounts.elsewhere.policies().delete(ACCOUNT, arn));

    assertThatThrownBy(() -> accounts.attach("alice", arn))
        .isInstanceOf(NoSuchEntity.class)
        .hasMessageContaining(arn);
    assertThat(accounts.here.users().require(ACCOUNT, "alice").permissions())
        .isEqualTo(Permissions.NONE);
  }

  /** Both are new, so both have their first version. */
  @Test
  void theBoundaryOfAUserThatIsMadeAnewMeanwhileIsNotForgotten() {
    accounts.interposed.before(
        Action.Delete.class::isInstance,
        () -> {
          accounts.elsewhere.users().delete(ACCOUNT, "alice");
          accounts.elsewhere.users().create(Accounts.bounded("alice", arn));
        });

    accounts.here.users().delete(ACCOUNT, "alice");

    assertThat(accounts.uses(arn).boundaryUses()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "arn:aws:iam::123456789012:policy/none",
        "arn:aws:iam::123456789012:policy/READ",
        "arn:aws:iam::123456789012:policy/path/read",
        "arn:aws:iam::aws:policy/NoSuchPolicy",
        "arn:aws:iam::aws:policy/aws-service-role/ECRReplicationServiceRolePolicy",
        "arn:aws:iam::210987654321:policy/read",
        "read",
        ""
      })
  void whatIsNoPolicyOfTheAccountIsNotAttachable(String other) {
    accounts.here.policies().create(Accounts.policy(OTHER_ACCOUNT, "read", READ));

    assertThatThrownBy(() -> accounts.attach("alice", other))
        .isInstanceOf(NoSuchEntity.class)
        .hasMessage("Policy %s does not exist or is not attachable.".formatted(other));
    assertThatThrownBy(() -> accounts.here.users().create(Accounts.bounded("bob", other)))
        .isInstanceOf(NoSuchEntity.class);
    assertThat(accounts.here.users().find(ACCOUNT, "bob")).isEmpty();
  }

  @Test
  void anotherAccountsPolicyIsNotSeen() {
    assertThat(policies.find(OTHER_ACCOUNT, arn)).isEmpty();
    assertThatThrownBy(() -> policies.delete(OTHER_ACCOUNT, arn)).isInstanceOf(NoSuchEntity.class);
  }

  @Test
  void tenAreAttachedAtMost() {
    for (int i = 0; i < Permissions.MOST_ATTACHED; i++) {
      accounts.attach("alice", accounts.makePolicy("p" + i, READ));
    }

    assertThatThrownBy(() -> accounts.attach("alice", arn))
        .isInstanceOf(LimitExceeded.class)
        .hasMessage("Cannot exceed quota for PoliciesPerUser: 10");
    assertThat(accounts.uses(arn).attachments()).isZero();
  }
}
