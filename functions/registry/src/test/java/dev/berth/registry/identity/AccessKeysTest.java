package dev.berth.registry.identity;

import static dev.berth.registry.identity.Accounts.ACCOUNT;
import static dev.berth.registry.identity.Accounts.ROOT;
import static dev.berth.registry.identity.Accounts.find;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.core.sigv4.AccessKey;
import dev.berth.registry.identity.AccessKeys.Created;
import dev.berth.registry.identity.IdentityException.LimitExceeded;
import dev.berth.registry.identity.IdentityException.NoSuchEntity;
import dev.berth.registry.store.Action;
import dev.berth.registry.store.Attribute;
import dev.berth.registry.store.Item;
import dev.berth.registry.store.Keys;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AccessKeysTest {

  private static final Duration FIVE_SECONDS = Duration.ofSeconds(5);

  private final Accounts accounts = new Accounts();
  private final AccessKeys keys = accounts.here.accessKeys();
  private User alice;

  @BeforeEach
  void makeAlice() {
    alice = accounts.makeUser("alice");
  }

  @Test
  void aKeyIsItsUsers() {
    Created made = accounts.makeKey("ALICE");

    AccessKey key = find(accounts.elsewhere, made.key().id()).orElseThrow();

    assertThat(key.secret()).isEqualTo(made.secret()).matches("[A-Za-z0-9+/]{40}");
    assertThat(key.id()).matches("AKIA[A-Z2-7]{16}");
    assertThat(key.principal().uniqueId()).isEqualTo(alice.id());
    assertThat(key.principal().arn()).isEqualTo(alice.arn());
    assertThat(key.principal().accessKeyId()).isEqualTo(key.id());
    assertThat(users().keys()).containsExactly(made.key());
  }

  private User users() {
    return accounts.here.users().require(ACCOUNT, "alice");
  }

  @Test
  void aUserHasTwoKeysAtMost() {
    accounts.makeKey("alice");
    String second = accounts.makeKey("alice").key().id();

    assertThatThrownBy(() -> accounts.makeKey("alice"))
        .isInstanceOf(LimitExceeded.class)
        .hasMessage("Cannot exceed quota for AccessKeysPerUser: 2");
    keys.delete(ACCOUNT, "alice", second);
    accounts.makeKey("alice");
  }

  @Test
  void twoKeysAtMostAlsoWhenTwoMakeOneAtOnce() {
    accounts.makeKey("alice");
    accounts.interposed.before(
        Action.Put.class::isInstance,
        () -> accounts.elsewhere.accessKeys().create(ACCOUNT, "alice"));

    assertThatThrownBy(() -> accounts.makeKey("alice")).isInstanceOf(LimitExceeded.class);
    assertThat(users().keys()).hasSize(2);
    assertThat(accounts.table.all()).filteredOn(item -> isKey(item)).hasSize(2);
  }

  private static boolean isKey(Item item) {
    return item.key().partition().startsWith("K#");
  }

  @Test
  void aDeletedKeySignsNothingAtOnceHereAndWithinFiveSecondsElsewhere() {
    String id = accounts.makeKey("alice").key().id();
    findEverywhere(id);

    keys.delete(ACCOUNT, "alice", id);

    assertGone(id);
  }

  @Test
  void aDeactivatedKeySignsNothingUntilItIsActivated() {
    String id = accounts.makeKey("alice").key().id();
    findEverywhere(id);

    keys.setActive(ACCOUNT, "alice", id, false);

    assertThat(users().keys()).extracting(User.UserKey::active).containsExactly(false);
    assertGone(id);
    keys.setActive(ACCOUNT, "alice", id, true);
    assertThat(find(accounts.here, id)).isPresent();
    accounts.passes(FIVE_SECONDS);
    assertThat(find(accounts.elsewhere, id)).isPresent();
  }

  private void findEverywhere(String id) {
    assertThat(find(accounts.here, id)).isPresent();
    assertThat(find(accounts.elsewhere, id)).isPresent();
  }

  private void assertGone(String id) {
    assertThat(find(accounts.here, id)).isEmpty();
    accounts.passes(FIVE_SECONDS.minusMillis(1));
    assertThat(find(accounts.elsewhere, id)).as("remembered").isPresent();
    accounts.passes(Duration.ofMillis(1));
    assertThat(find(accounts.elsewhere, id)).isEmpty();
  }

  @Test
  void aKeyThatWasLookedForBeforeItWasMadeIsFound() {
    String id = accounts.makeKey("alice").key().id();
    Item item = accounts.item("K#" + id);
    accounts.table.transact(Action.delete(item.key()));
    assertThat(find(accounts.elsewhere, id)).isEmpty();

    accounts.table.transact(Action.put(item));

    accounts.passes(FIVE_SECONDS);
    assertThat(find(accounts.elsewhere, id)).isPresent();
  }

  @Test
  void aUserThatIsMadeAnewIsAnotherPrincipal() {
    String id = accounts.makeKey("alice").key().id();
    keys.delete(ACCOUNT, "alice", id);
    accounts.here.users().delete(ACCOUNT, "alice");

    User renewed = accounts.makeUser("alice");

    assertThat(renewed.id()).isNotEqualTo(alice.id());
    assertThat(renewed.arn()).isEqualTo(alice.arn());
    assertThat(find(accounts.here, id)).isEmpty();
    assertThat(accounts.makeKey("alice").key().id()).isNotEqualTo(id);
  }

  @Test
  void aKeyIsNotMadeForAUserThatGoesMeanwhile() {
    accounts.interposed.before(
        Action.Put.class::isInstance, () -> accounts.elsewhere.users().delete(ACCOUNT, "alice"));

    assertThatThrownBy(() -> accounts.makeKey("alice")).isInstanceOf(NoSuchEntity.class);
    assertThat(accounts.table.all()).isEmpty();
  }

  @Test
  void aUserDoesNotGoWhenAKeyIsMadeMeanwhile() {
    accounts.interposed.before(
        Action.Delete.class::isInstance,
        () -> accounts.elsewhere.accessKeys().create(ACCOUNT, "alice"));

    assertThatThrownBy(() -> accounts.here.users().delete(ACCOUNT, "alice"))
        .isInstanceOf(IdentityException.DeleteConflict.class);
  }

  @Test
  void anotherUsersKeyIsNotThere() {
    accounts.makeUser("bob");
    String bobs = accounts.makeKey("bob").key().id();

    assertThatThrownBy(() -> keys.delete(ACCOUNT, "alice", bobs)).isInstanceOf(NoSuchEntity.class);
    assertThatThrownBy(() -> keys.setActive(ACCOUNT, "alice", bobs, false))
        .isInstanceOf(NoSuchEntity.class);
    assertThat(find(accounts.here, bobs)).isPresent();
  }

  @Test
  void aRootsKeyIsFoundBeforeAnyOther() {
    assertThat(find(accounts.here, ROOT.id())).contains(ROOT);
    assertThat(find(accounts.here, "AKIAOTHER")).isEmpty();
  }

  @Test
  void noSecretLiesInTheTableOrIsPrinted() {
    Created made = accounts.makeKey("alice");
    AccessKey session = accounts.here.sessions().of(ROOT.principal(), Role.AN_HOUR);
    List<String> secrets =
        List.of(made.secret(), session.secret(), session.sessionToken().orElseThrow());

    assertThat(made.toString()).doesNotContain(made.secret());
    assertThat(session.toString()).doesNotContain(secrets);
    for (Item item : accounts.table.all()) {
      assertThat(item.toString()).doesNotContain(secrets);
      for (Map.Entry<String, Attribute> attribute : item.attributes().entrySet()) {
        assertThat(clear(attribute.getValue())).as(attribute.getKey()).doesNotContain(secrets);
      }
    }
  }

  private static String clear(Attribute attribute) {
    return switch (attribute) {
      case Attribute.Text(String text) -> text;
      case Attribute.Number(long number) -> Long.toString(number);
      case Attribute.Binary(byte[] bytes) -> new String(bytes, ISO_8859_1);
    };
  }

  @Test
  void anItemThatIsCopiedToAnotherKeyDoesNotOpen() {
    Item item = accounts.item("K#" + accounts.makeKey("alice").key().id());
    accounts.table.transact(Action.put(new Item(Keys.accessKey("AKIACOPIED"), item.attributes())));

    assertThatThrownBy(() -> find(accounts.here, "AKIACOPIED"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("a secret that is kept cannot be decrypted");
  }
}
