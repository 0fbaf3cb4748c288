package dev.berth.lambda.iam;

import static dev.berth.lambda.iam.SdkIam.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.sigv4.TestSigner;
import dev.berth.registry.identity.Role;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AccessKey;
import software.amazon.awssdk.services.iam.model.AccessKeyMetadata;

/** The access keys of users, as the AWS SDK's iam client sees them. */
class AccessKeysTest {

  private final SdkIam server = new SdkIam();
  private final IamClient iam = server.iam;

  @AfterEach
  void stop() {
    server.close();
  }

  private List<AccessKeyMetadata> keys(String user) {
    return iam.listAccessKeys(r -> r.userName(user)).accessKeyMetadata();
  }

  @Test
  void aSecretIsShownOnceAndSigns() {
    iam.createUser(r -> r.userName("alice"));

    AccessKey key = iam.createAccessKey(r -> r.userName("alice")).accessKey();

    assertThat(key.accessKeyId()).matches("AKIA[A-Z2-7]{16}");
    assertThat(key.secretAccessKey()).matches("[A-Za-z0-9+/]{40}");
    assertThat(key.statusAsString()).isEqualTo("Active");
    assertThat(key.userName()).isEqualTo("alice");
    assertThat(keys("alice"))
        .containsExactly(
            AccessKeyMetadata.builder()
                .userName("alice")
                .accessKeyId(key.accessKeyId())
                .status("Active")
                .createDate(key.createDate())
                .build());
  }

  @Test
  void aUserHasTwoKeysAtMost() {
    iam.createUser(r -> r.userName("alice"));
    iam.createAccessKey(r -> r.userName("alice"));
    iam.createAccessKey(r -> r.userName("alice"));

    assertRefused(
        "LimitExceeded",
        "Cannot exceed quota for AccessKeysPerUser: 2",
        () -> iam.createAccessKey(r -> r.userName("alice")));
    assertRefused("NoSuchEntity", "bob", () -> iam.createAccessKey(r -> r.userName("bob")));
  }

  @Test
  void anInactiveOrDeletedKeySignsNothing() {
    IamClient alice = server.user("alice", SdkIam.ALLOW_ALL);
    String id = keys("alice").getFirst().accessKeyId();

    iam.updateAccessKey(r -> r.userName("alice").accessKeyId(id).status("Inactive"));
    assertThat(keys("alice").getFirst().statusAsString()).isEqualTo("Inactive");
    assertRefused("InvalidClientTokenId", "security token", alice::getUser);
    iam.updateAccessKey(r -> r.userName("alice").accessKeyId(id).status("Active"));
    assertThat(alice.getUser().user().userName()).isEqualTo("alice");
    iam.deleteAccessKey(r -> r.userName("alice").accessKeyId(id));

    assertRefused("InvalidClientTokenId", "security token", alice::getUser);
    assertThat(keys("alice")).isEmpty();
    assertRefused(
        "NoSuchEntity",
        "The Access Key with id %s cannot be found.".formatted(id),
        () -> iam.deleteAccessKey(r -> r.userName("alice").accessKeyId(id)));
  }

  @Test
  void aKeyIsItsUsersAlone() {
    iam.createUser(r -> r.userName("alice"));
    iam.createUser(r -> r.userName("bob"));
    String id = iam.createAccessKey(r -> r.userName("alice")).accessKey().accessKeyId();

    assertRefused(
        "NoSuchEntity",
        id,
        () -> iam.updateAccessKey(r -> r.userName("bob").accessKeyId(id).status("Inactive")));
    assertRefused(
        "NoSuchEntity", id, () -> iam.deleteAccessKey(r -> r.userName("bob").accessKeyId(id)));
    assertThat(keys("alice").getFirst().statusAsString()).isEqualTo("Active");
  }

  @Test
  void whoNamesNoUserMeansItself() {
    IamClient alice = server.user("alice", SdkIam.ALLOW_ALL);

    AccessKey second = alice.createAccessKey().accessKey();
    assertThat(second.userName()).isEqualTo("alice");
    assertThat(alice.listAccessKeys().accessKeyMetadata()).hasSize(2);
    alice.updateAccessKey(r -> r.accessKeyId(second.accessKeyId()).status("Inactive"));
    alice.deleteAccessKey(r -> r.accessKeyId(second.accessKeyId()));

    assertThat(keys("alice")).hasSize(1);
  }

  @Test
  void aRootsKeyIsSeenAndNotManaged() {
    List<AccessKeyMetadata> own = iam.listAccessKeys().accessKeyMetadata();

    assertThat(own).extracting(AccessKeyMetadata::accessKeyId).containsExactly(TestSigner.KEY.id());
    assertRefused("InvalidInput", "root", iam::createAccessKey);
    assertRefused(
        "InvalidInput", "root", () -> iam.deleteAccessKey(r -> r.accessKeyId("AKIDEXAMPLE00000")));
    assertRefused(
        "InvalidInput",
        "root",
        () -> iam.updateAccessKey(r -> r.accessKeyId("AKIDEXAMPLE00000").status("Inactive")));
  }

  @Test
  void aStatusIsActiveOrInactive() {
    iam.createUser(r -> r.userName("alice"));
    String id = iam.createAccessKey(r -> r.userName("alice")).accessKey().accessKeyId();

    assertRefused(
        "ValidationError",
        "[Active, Inactive]",
        () -> iam.updateAccessKey(r -> r.userName("alice").accessKeyId(id).status("active")));
    assertRefused(
        "ValidationError",
        "'accessKeyId'",
        () -> iam.deleteAccessKey(r -> r.userName("alice").accessKeyId("../../../../../..")));
  }

  @Test
  void theSessionOfAUserCallsNothingHere() {
    server.user("alice", SdkIam.ALLOW_ALL);
    String id = keys("alice").getFirst().accessKeyId();
    var principal = server.identities.keys().find(id).orElseThrow().principal();
    var session = server.identities.sessions().of(principal, Duration.ofHours(1));

    assertRefused(
        "InvalidClientTokenId",
        "The security token included in the request is invalid.",
        () -> server.session(session).getUser());
  }

  @Test
  void theSessionOfARoleNamesTheUserThatItMeans() {
    iam.createUser(r -> r.userName("alice"));
    iam.createRole(r -> r.roleName("admin").assumeRolePolicyDocument(SdkIam.trust(SdkIam.ACCOUNT)));
    iam.putRolePolicy(r -> r.roleName("admin").policyName("all").policyDocument(SdkIam.ALLOW_ALL));
    Role role = server.identities.roles().require(SdkIam.ACCOUNT, "admin");
    IamClient admin =
        server.session(
            server
                .identities
                .sessions()
                .ofRole(role, "me", Duration.ofHours(1), List.of(), Map.of()));

    assertThat(admin.getUser(r -> r.userName("alice")).user().userName()).isEqualTo("alice");
    assertRefused("ValidationError", "Must specify userName", admin::getUser);
    assertRefused("ValidationError", "Must specify userName", admin::createAccessKey);
  }
}
