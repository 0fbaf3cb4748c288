package dev.berth.registry.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.core.authz.Principal;
import dev.berth.core.login.LoginException.Malformed;
import dev.berth.core.login.LoginException.Refused;
import dev.berth.core.login.LoginException.Throttled;
import dev.berth.core.login.LoginException.Unavailable;
import dev.berth.core.login.PresignedToken;
import dev.berth.core.secret.DeploymentSecret;
import dev.berth.registry.identity.Identities;
import dev.berth.registry.identity.Permissions;
import dev.berth.registry.identity.Role;
import dev.berth.registry.identity.ServiceLinkedRole;
import dev.berth.registry.store.Expirations;
import dev.berth.registry.store.Keys;
import dev.berth.registry.store.MemoryTable;
import dev.berth.registry.store.Table.Consistency;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class AwsLoginsTest {

  private static final Instant NOW = Instant.parse("2026-11-25T15:06:50Z");
  private static final String ACCOUNT = "123456789012";
  private static final String CI = "arn:aws:sts::111122223333:assumed-role/ci/build-7";
  private static final String AUDIENCE = "registry.example.com";

  private final MemoryTable home = new MemoryTable();
  private final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
  private final Identities identities =
      new Identities(
          home,
          new DeploymentSecret(List.of(new DeploymentSecret.Key("a", new byte[32]))),
          id -> Optional.empty(),
          clock);
  private final List<String> asked = new ArrayList<>();

  private AwsLogins logins(AwsIdentity aws) {
    var settings =
        AwsLoginSettings.parse(
            """
            [{"principal": "arn:aws:sts::111122223333:assumed-role/ci/*",
              "role": "arn:aws:iam::123456789012:role/ci"},
             {"principal": "arn:aws:sts::111122223333:assumed-role/replicator/*",
              "role": "arn:aws:iam::123456789012:role/aws-service-role/replication.ecr.amazonaws.com/AWSServiceRoleForECRReplication"}]
            """,
            Optional.empty(),
            Optional.empty());
    return new AwsLogins(settings, aws, identities, clock, () -> 0);
  }

  private AwsIdentity vouching(String arn) {
    return (request, audience) -> {
      synchronized (asked) {
        asked.add(audience);
      }
      return arn;
    };
  }

  private void createRole(String path) {
    identities
        .roles()
        .create(
            Role.made(
                ACCOUNT,
                path,
                "ci",
                "",
                NOW,
                ServiceLinkedRole.ECR_REPLICATION.trustPolicy(),
                Role.AN_HOUR,
                Permissions.NONE,
                new TreeMap<>()));
  }

  private static String token() {
    return PresignedToken.at(NOW).audience(AUDIENCE).token();
  }

  @Test
  void whoIsMappedGetsASessionOfTheRoleForTwelveHours() {
    createRole("/");

    Principal principal = logins(vouching(CI)).logIn(token(), AUDIENCE, "192.0.2.1").principal();

    assertThat(principal.arn()).isEqualTo("arn:aws:sts::123456789012:assumed-role/ci/build-7");
    assertThat(principal.session().orElseThrow().expiresAt())
        .isEqualTo(NOW.plus(Duration.ofHours(12)));
    assertThat(identities.keys().find(principal.accessKeyId()).orElseThrow().principal())
        .isEqualTo(principal);
    assertThat(asked).containsExactly(AUDIENCE);
  }

  @Test
  void aTokenIsGoodForOneLogin() {
    createRole("/");
    String token = token();
    AwsLogins logins = logins(vouching(CI));
    logins.logIn(token, AUDIENCE, "192.0.2.1");

    assertThatThrownBy(() -> logins.logIn(token, AUDIENCE, "192.0.2.1"))
        .isInstanceOf(Refused.class)
        .hasMessageContaining("used before");
    AwsLogins another = logins(vouching(CI));
    assertThatThrownBy(() -> another.logIn(token, AUDIENCE, "192.0.2.2"))
        .isInstanceOf(Refused.class);
  }

  @Test
  void ofSeveralLoginsAtOnceWithOneTokenOneSucceeds() throws Exception {
    createRole("/");
    String token = token();
    AwsLogins logins = logins(vouching(CI));
    Callable<Boolean> attempt =
        () -> {
          try {
            logins.logIn(token, AUDIENCE, "192.0.2.1");
            return true;
          } catch (Refused replay) {
            return false;
          }
        };
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Boolean>> outcomes =
          threads.invokeAll(java.util.Collections.nCopies(20, attempt));
      int succeeded = 0;
      for (Future<Boolean> outcome : outcomes) {
        succeeded += outcome.get() ? 1 : 0;
      }
      assertThat(succeeded).isEqualTo(1);
    }
  }

  @Test
  void aTokenIsRememberedForAsLongAsItCouldBeUsed() {
    createRole("/");
    logins(vouching(CI)).logIn(token(), AUDIENCE, "192.0.2.1");

    Expirations.sweep(home, NOW.plus(Duration.ofMinutes(16)));
    assertThat(remembered()).isOne();
    Expirations.sweep(home, NOW.plus(Duration.ofDays(1)));
    assertThat(remembered()).isZero();
  }

  private long remembered() {
    return home
        .query(Keys.expirations(), "", Optional.empty(), 100, Consistency.STRONG)
        .entries()
        .stream()
        .filter(item -> item.text("partition").startsWith("X#"))
        .count();
  }

  @Test
  void whatStsDoesNotVouchForLeavesNothingBehind() {
    createRole("/");
    AwsLogins logins =
        logins(
            (request, audience) -> {
              throw new Unavailable("no answer");
            });

    assertThatThrownBy(() -> logins.logIn(token(), AUDIENCE, "192.0.2.1"))
        .isInstanceOf(Unavailable.class);
    assertThat(
            home.query(Keys.expirations(), "", Optional.empty(), 100, Consistency.STRONG).entries())
        .isEmpty();
    // so the same token is good once STS is back
    assertThat(logins(vouching(CI)).logIn(token(), AUDIENCE, "192.0.2.1").principal().account())
        .isEqualTo(ACCOUNT);
  }

  @Test
  void aTokenThatIsNoneIsNotShownToSts() {
    assertThatThrownBy(() -> logins(vouching(CI)).logIn("x", AUDIENCE, "192.0.2.1"))
        .isInstanceOf(Malformed.class);
    assertThat(asked).isEmpty();
  }

  @Test
  void whoIsNotMappedIsTold() {
    createRole("/");
    String other = "arn:aws:sts::111122223333:assumed-role/other/x";

    assertThatThrownBy(() -> logins(vouching(other)).logIn(token(), AUDIENCE, "192.0.2.1"))
        .isInstanceOf(Refused.class)
        .hasMessage("No role of this registry is for " + other + ".");
  }

  @Test
  void aRoleThatIsNotThereIsNamed() {
    String message =
        CI
            + " is to log in as arn:aws:iam::123456789012:role/ci, which is no role that can be"
            + " assumed here.";
    AwsLogins logins = logins(vouching(CI));

    assertThatThrownBy(() -> logins.logIn(token(), AUDIENCE, "192.0.2.1")).hasMessage(message);
    // a role of that name under another path is another role
    createRole("/team/");
    assertThatThrownBy(() -> logins.logIn(token(), AUDIENCE, "192.0.2.1")).hasMessage(message);
  }

  @Test
  void nobodyLogsInAsARoleOfAService() {
    identities.serviceLinkedRoles().markReplicating(ACCOUNT, "us-east-1");
    String arn = "arn:aws:sts::111122223333:assumed-role/replicator/x";

    assertThatThrownBy(() -> logins(vouching(arn)).logIn(token(), AUDIENCE, "192.0.2.1"))
        .isInstanceOf(Refused.class)
        .hasMessageContaining("no role that can be assumed");
  }

  @Test
  void anAddressThatTriesTooOftenWaits() {
    AwsLogins logins = logins(vouching(CI));
    for (int i = 0; i < 50; i++) {
      assertThatThrownBy(() -> logins.logIn("x", AUDIENCE, "192.0.2.1"))
          .isInstanceOf(Malformed.class);
    }

    assertThatThrownBy(() -> logins.logIn("x", AUDIENCE, "192.0.2.1"))
        .isInstanceOf(Throttled.class);
    assertThatThrownBy(() -> logins.logIn("x", AUDIENCE, "192.0.2.2"))
        .isInstanceOf(Malformed.class);
  }

  @Test
  void stsIsAskedSoOftenAtMostWhoeverAsks() {
    AwsLogins logins = logins(vouching(CI));
    for (int i = 0; i < 200; i++) {
      String address = "192.0.2." + i;
      assertThatThrownBy(() -> logins.logIn(token(), AUDIENCE, address))
          .isInstanceOf(Refused.class);
    }

    assertThatThrownBy(() -> logins.logIn(token(), AUDIENCE, "192.0.2.254"))
        .isInstanceOf(Throttled.class);
    assertThat(asked).hasSize(200);
  }

  @Test
  void aRegistryIsCalledByItsHostUnlessItHasAnotherName() {
    String list =
        "[{\"principal\":\"arn:aws:iam::111122223333:root\",\"role\":\"arn:aws:iam::123456789012:role/ci\"}]";

    assertThat(
            AwsLoginSettings.parse(list, Optional.empty(), Optional.empty())
                .audience("registry.example.com:4510"))
        .isEqualTo("registry.example.com");
    assertThat(
            AwsLoginSettings.parse(list, Optional.empty(), Optional.of("berth-prod"))
                .audience("registry.example.com"))
        .isEqualTo("berth-prod");
    for (String name : List.of("", "a b", "a\r\nHost: b", "-a", "ä")) {
      assertThatThrownBy(() -> AwsLoginSettings.parse(list, Optional.empty(), Optional.of(name)))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
