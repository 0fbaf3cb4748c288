package dev.berth.registry.race;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.identity.AccessKeys.Created;
import dev.berth.registry.identity.Accounts;
import dev.berth.registry.identity.CustomerPolicy;
import dev.berth.registry.identity.Identities;
import dev.berth.registry.identity.IdentityException;
import dev.berth.registry.identity.IdentityException.EntityAlreadyExists;
import dev.berth.registry.identity.IdentityException.LimitExceeded;
import dev.berth.registry.identity.Permissions;
import dev.berth.registry.identity.User;
import dev.berth.registry.store.Table;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What holds of users, keys and policies when several change them at once, whatever keeps them. */
public abstract class IdentityRacesContract {

  private static final String POLICY =
      """
      {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"ecr:Get*","Resource":"*"}]}\
      """;
  private static final int ROUNDS = 10;

  private final String account =
      "%012d".formatted(ThreadLocalRandom.current().nextLong(1_000_000_000_000L));
  private Identities one;
  private Identities other;

  /** Kept for the time of all tests, which each have an account of their own. */
  protected abstract Table table();

  @BeforeEach
  void open() {
    one = Accounts.over(table(), id -> Optional.empty(), Clock.systemUTC());
    other = Accounts.over(table(), id -> Optional.empty(), Clock.systemUTC());
  }

  @Test
  void oneOfThoseWhoMakeAUserAtOnceDoes() throws Exception {
    List<Callable<User>> makers = new ArrayList<>();
    for (String name : List.of("alice", "Alice", "ALICE", "alicE")) {
      makers.add(
          () -> {
            User user = Accounts.user(account, name);
            one.users().create(user);
            return user;
          });
    }
    var made = Contest.of(makers, EntityAlreadyExists.class).stream().flatMap(Optional::stream);
    assertThat(made).containsExactly(one.users().require(account, "alice"));
  }

  @Test
  void aUserNeverHasMoreThanTwoKeys() throws Exception {
    one.users().create(Accounts.user(account, "alice"));
    List<Callable<Created>> makers =
        Collections.nCopies(5, () -> one.accessKeys().create(account, "alice"));

    var made = Contest.of(makers, LimitExceeded.class).stream().flatMap(Optional::stream).toList();

    assertThat(made).hasSize(2);
    assertThat(made).allMatch(key -> other.keys().find(key.key().id()).isPresent());
    assertThat(one.users().require(account, "alice").keys())
        .containsExactlyInAnyOrderElementsOf(made.stream().map(Created::key).toList());
  }

  /** It is attached and there, or it is neither, and it knows how often it is attached. */
  @Test
  void aPolicyIsNeverDeletedWhileItIsAttached() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      CustomerPolicy policy = Accounts.policy(account, "p" + round, POLICY);
      String user = "u" + round;
      one.policies().create(policy);
      one.users().create(Accounts.user(account, user));
      List<Callable<Boolean>> both =
          List.of(
              () -> attach(user, policy.arn()),
              () -> {
                other.policies().delete(account, policy.arn());
                return true;
              });

      Contest.of(both, IdentityException.class);

      Permissions permissions = one.users().require(account, user).permissions();
      assertThat(one.policies().find(account, policy.arn()).map(CustomerPolicy::attachments))
          .isEqualTo(permissions.attached().isEmpty() ? Optional.empty() : Optional.of(1L));
    }
  }

  private boolean attach(String user, String arn) {
    one.users().change(account, user, u -> u.with(u.permissions().attach(arn)));
    return true;
  }

  @Test
  void usesAreCountedHoweverManyBeginAndCeaseAtOnce() throws Exception {
    CustomerPolicy policy = Accounts.policy(account, "p", POLICY);
    one.policies().create(policy);
    List<Callable<Boolean>> changes = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      String user = "u" + i;
      one.users().create(Accounts.user(account, user));
      boolean stays = i % 2 == 0;
      changes.add(
          () -> {
            attach(user, policy.arn());
            return stays || detach(user, policy.arn());
          });
    }
    Contest.of(changes, IdentityException.class);

    assertThat(one.policies().find(account, policy.arn()).orElseThrow().attachments()).isEqualTo(3);
  }

  private boolean detach(String user, String arn) {
    other.users().change(account, user, u -> u.with(u.permissions().detach(arn)));
    return true;
  }
}
