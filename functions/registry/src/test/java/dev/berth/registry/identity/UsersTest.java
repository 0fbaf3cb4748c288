package dev.berth.registry.identity;

import static dev.berth.registry.identity.Accounts.ACCOUNT;
import static dev.berth.registry.identity.Accounts.OTHER_ACCOUNT;
import static dev.berth.registry.identity.Accounts.READ;
import static dev.berth.registry.identity.Accounts.READ_ONLY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.identity.IdentityException.DeleteConflict;
import dev.berth.registry.identity.IdentityException.EntityAlreadyExists;
import dev.berth.registry.identity.IdentityException.LimitExceeded;
import dev.berth.registry.identity.IdentityException.NoSuchEntity;
import dev.berth.registry.store.Action;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UsersTest {

  private final Accounts accounts = new Accounts();
  private final Users users = accounts.here.users();
  private final Roles roles = accounts.here.roles();

  @Test
  void aUserIsReadAsItWasMade() {
    User made =
        User.made(
            ACCOUNT,
            "/team/harbour/",
            "Alice",
            Instant.ofEpochMilli(5),
            Permissions.NONE.withInline("read", READ).attach(READ_ONLY),
            new TreeMap<>(Map.of("team", "harbour", "empty", "")));

    users.create(made);

    assertThat(users.find(ACCOUNT, "Alice")).contains(made);
    assertThat(made.arn()).isEqualTo("arn:aws:iam::123456789012:user/team/harbour/Alice");
    assertThat(made.id()).matches("AIDA[A-Z2-7]{17}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"alice", "Alice", "ALICE"})
  void aNameIsTakenWhateverItsCase(String name) {
    accounts.makeUser("aLiCe");

    assertThatThrownBy(() -> accounts.makeUser(name)).isInstanceOf(EntityAlreadyExists.class);
    assertThat(users.require(ACCOUNT, name).name()).isEqualTo("aLiCe");
  }

  @Test
  void usersRolesAndPoliciesAreNamedApart() {
    accounts.makeUser("same");
    accounts.makeRole("same");
    accounts.makePolicy("same", READ);

    assertThat(users.list(ACCOUNT, Optional.empty(), 10).entries()).hasSize(1);
    assertThat(roles.list(ACCOUNT, Optional.empty(), 10).entries()).hasSize(1);
    assertThat(accounts.here.policies().list(ACCOUNT, Optional.empty(), 10).entries()).hasSize(1);
  }

  @Test
  void anAccountSeesItsOwnAlone() {
    accounts.makeUser("alice");

    assertThat(users.find(OTHER_ACCOUNT, "alice")).isEmpty();
    assertThat(users.list(OTHER_ACCOUNT, Optional.empty(), 10).entries()).isEmpty();
    users.create(Accounts.user(OTHER_ACCOUNT, "alice"));
  }

  @Test
  void aListingIsByNameAndInPages() {
    for (String name : List.of("carol", "Alice", "bob")) {
      accounts.makeUser(name);
    }

    List<String> names = new ArrayList<>();
    Optional<String> after = Optional.empty();
    do {
      var page = users.list(ACCOUNT, after, 1);
      page.entries().forEach(user -> names.add(user.name()));
      after = page.next();
    } while (after.isPresent());

    assertThat(names).containsExactly("Alice", "bob", "carol");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "a/b", "../alice", "a#b", "a b", "a\n", "ä", "\uD800", "\u212Aim", "a\u0000"})
  void aNameThatNoneCanHaveIsNotThere(String name) {
    accounts.makeUser("alice");
    accounts.makeUser("kim");

    assertThat(users.find(ACCOUNT, name)).isEmpty();
    assertThat(roles.find(ACCOUNT, name)).isEmpty();
    assertThatThrownBy(() -> users.delete(ACCOUNT, name)).isInstanceOf(NoSuchEntity.class);
    assertThatThrownBy(() -> users.create(Accounts.user(ACCOUNT, name)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aNameThatIsTooLongForTheTableIsNotThere() {
    assertThat(users.find(ACCOUNT, "a".repeat(5000))).isEmpty();
    assertThat(users.find("1".repeat(5000), "a")).isEmpty();
    assertThat(accounts.here.policies().find(ACCOUNT, policyArn("a".repeat(5000)))).isEmpty();
    assertThatThrownBy(() -> accounts.attach(accounts.makeUser("a").name(), policyArn("a\uD800")))
        .isInstanceOf(NoSuchEntity.class);
  }

  private static String policyArn(String name) {
    return "arn:aws:iam::" + ACCOUNT + ":policy/" + name;
  }

  @Test
  void whatIsNotThereIsNamed() {
    assertThatThrownBy(() -> users.require(ACCOUNT, "alice"))
        .isInstanceOf(NoSuchEntity.class)
        .hasMessage("The user with name alice cannot be found.");
    assertThatThrownBy(() -> roles.change(ACCOUNT, "ci", role -> role))
        .isInstanceOf(NoSuchEntity.class)
        .hasMessage("The role with name ci cannot be found.");
  }

  @Test
  void aUserWithKeysOrPoliciesIsNotDeleted() {
    accounts.makeUser("alice");
    String key = accounts.makeKey("alice").key().id();
    users.change(ACCOUNT, "alice", u -> u.with(u.permissions().withInline("read", READ)));
    accounts.attach("alice", READ_ONLY);

    assertConflict("access keys");
    accounts.here.accessKeys().delete(ACCOUNT, "alice", key);
    assertConflict("must delete policies");
    users.change(ACCOUNT, "alice", u -> u.with(u.permissions().withoutInline("read")));
    assertConflict("detach");
    accounts.detach("alice", READ_ONLY);
    users.delete(ACCOUNT, "alice");

    assertThat(accounts.table.all()).isEmpty();
  }

  private void assertConflict(String why) {
    assertThatThrownBy(() -> users.delete(ACCOUNT, "alice"))
        .isInstanceOf(DeleteConflict.class)
        .hasMessageContaining(why);
  }

  @Test
  void twoChangesAtOnceAreBothMade() {
    accounts.makeUser("alice");
    accounts.interposed.before(
        Action.Put.class::isInstance,
        () ->
            accounts
                .elsewhere
                .users()
                .change(ACCOUNT, "alice", u -> u.with(u.permissions().attach(READ_ONLY))));

    users.change(ACCOUNT, "alice", u -> u.with(u.permissions().withInline("read", READ)));

    Permissions permissions = users.require(ACCOUNT, "alice").permissions();
    assertThat(permissions.attached()).containsExactly(READ_ONLY);
    assertThat(permissions.inline()).containsOnlyKeys("read");
  }

  @Test
  void aChangeDoesNotBringBackAUserThatWasMadeAnewMeanwhile() {
    accounts.makeUser("alice");
    accounts.interposed.before(Action.Put.class::isInstance, this::renewAlice);

    users.change(ACCOUNT, "alice", u -> u.with(new TreeMap<>(Map.of("a", "b"))));

    User alice = users.require(ACCOUNT, "alice");
    assertThat(alice.id()).isEqualTo(renewed.id());
    assertThat(alice.tags()).containsOnlyKeys("a");
  }

  private User renewed;

  private void renewAlice() {
    accounts.elsewhere.users().delete(ACCOUNT, "alice");
    renewed = Accounts.user(ACCOUNT, "alice");
    accounts.elsewhere.users().create(renewed);
  }

  @Test
  void whatAnItemCannotHoldIsRefusedForItsSize() {
    accounts.makeUser("alice");
    String spaces = " ".repeat(131_000);
    for (String name : List.of("one", "two")) {
      addInline(name, READ + spaces);
    }

    assertThatThrownBy(() -> addInline("three", READ + spaces))
        .isInstanceOf(LimitExceeded.class)
        .hasMessageContaining("user alice");
    var wide = Accounts.policy(ACCOUNT, "wide", "\u2003".repeat(131_072));
    assertThatThrownBy(() -> accounts.here.policies().create(wide))
        .isInstanceOf(LimitExceeded.class);
  }

  private void addInline(String name, String text) {
    users.change(ACCOUNT, "alice", u -> u.with(u.permissions().withInline(name, text)));
  }

  @Test
  void aServiceLinkedRoleIsSeenAmongTheRolesAndChangedByItsServiceAlone() {
    ServiceLinkedRole role = ServiceLinkedRole.ECR_REPLICATION;
    assertThatThrownBy(() -> accounts.makeRole(role.roleName().toUpperCase()))
        .isInstanceOf(EntityAlreadyExists.class);
    accounts.here.serviceLinkedRoles().markReplicating(ACCOUNT, "us-east-1");

    Role seen = roles.require(ACCOUNT, role.roleName());

    assertThat(seen)
        .isEqualTo(accounts.here.serviceLinkedRoles().find(ACCOUNT, role).orElseThrow());
    assertThat(seen.path()).isEqualTo(role.path());
    assertThat(seen.trustPolicy()).isEqualTo(role.trustPolicy());
    assertThat(seen.longestSession()).isEqualTo(Role.AN_HOUR);
    assertThat(seen.permissions().attached()).containsExactly(role.policyArn());
    assertThat(roles.list(ACCOUNT, Optional.empty(), 10).entries()).containsExactly(seen);
    assertThatThrownBy(() -> roles.change(ACCOUNT, role.roleName(), r -> r.withDescription("x")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> roles.delete(ACCOUNT, role.roleName()))
        .isInstanceOf(DeleteConflict.class);
    assertThat(accounts.here.serviceLinkedRoles().mark(ACCOUNT, "us-east-1")).isPresent();
  }
}
