package dev.berth.lambda.iam;

import static dev.berth.lambda.iam.SdkIam.ACCOUNT;
import static dev.berth.lambda.iam.SdkIam.POWER_USER;
import static dev.berth.lambda.iam.SdkIam.READ_ONLY;
import static dev.berth.lambda.iam.SdkIam.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.Tag;
import software.amazon.awssdk.services.iam.model.User;

/** Users, their tags and their boundaries, as the AWS SDK's iam client sees them. */
class UsersTest {

  private final SdkIam server = new SdkIam();
  private final IamClient iam = server.iam;

  @AfterEach
  void stop() {
    server.close();
  }

  private static Tag tag(String key, String value) {
    return Tag.builder().key(key).value(value).build();
  }

  private List<Tag> tags(String user) {
    return iam.listUserTags(r -> r.userName(user)).tags();
  }

  @Test
  void aUserIsWhatItWasMadeAs() {
    Instant before = Instant.now().minusSeconds(1);

    User made =
        iam.createUser(
                r ->
                    r.userName("alice")
                        .path("/division/team/")
                        .permissionsBoundary(POWER_USER)
                        .tags(tag("team", "devs")))
            .user();

    assertThat(made.userName()).isEqualTo("alice");
    assertThat(made.path()).isEqualTo("/division/team/");
    assertThat(made.arn()).isEqualTo("arn:aws:iam::123456789012:user/division/team/alice");
    assertThat(made.userId()).matches("AIDA[A-Z2-7]{17}");
    assertThat(made.createDate()).isBetween(before, Instant.now());
    assertThat(made.permissionsBoundary().permissionsBoundaryArn()).isEqualTo(POWER_USER);
    assertThat(made.permissionsBoundary().permissionsBoundaryTypeAsString()).isEqualTo("Policy");
    assertThat(made.tags()).containsExactly(tag("team", "devs"));
    assertThat(iam.getUser(r -> r.userName("alice")).user()).isEqualTo(made);
  }

  @Test
  void whoNamesNoUserIsToldOfItself() {
    IamClient alice = server.user("alice", SdkIam.ALLOW_ALL);

    assertThat(alice.getUser().user().userName()).isEqualTo("alice");
    User root = iam.getUser().user();
    assertThat(root.arn()).isEqualTo("arn:aws:iam::123456789012:root");
    assertThat(root.userId()).isEqualTo(ACCOUNT);
    assertThat(root.userName()).isNull();
  }

  @Test
  void namesDifferByMoreThanTheCaseOfTheirLetters() {
    iam.createUser(r -> r.userName("alice"));

    assertRefused(
        "EntityAlreadyExists",
        "User with name ALICE already exists.",
        () -> iam.createUser(r -> r.userName("ALICE").path("/other/")));
  }

  @Test
  void usersAreListedByNameAndPath() {
    iam.createUser(r -> r.userName("carol").path("/a/b/"));
    iam.createUser(r -> r.userName("bob").path("/a/"));
    iam.createUser(r -> r.userName("alice"));

    assertThat(iam.listUsers().users())
        .extracting(User::userName)
        .containsExactly("alice", "bob", "carol");
    assertThat(iam.listUsers(r -> r.pathPrefix("/a/")).users())
        .extracting(User::arn)
        .containsExactly(
            "arn:aws:iam::123456789012:user/a/bob", "arn:aws:iam::123456789012:user/a/b/carol");
    assertThat(iam.listUsers(r -> r.pathPrefix("/a/b")).users()).hasSize(1);
    assertThat(iam.listUsers(r -> r.pathPrefix("/none")).users()).isEmpty();
  }

  @Test
  void aUserWithKeysOrPoliciesIsNotDeleted() {
    iam.createUser(r -> r.userName("alice"));
    String key = iam.createAccessKey(r -> r.userName("alice")).accessKey().accessKeyId();
    iam.attachUserPolicy(r -> r.userName("alice").policyArn(READ_ONLY));

    assertRefused("DeleteConflict", "access keys", () -> iam.deleteUser(r -> r.userName("alice")));
    iam.deleteAccessKey(r -> r.userName("alice").accessKeyId(key));
    assertRefused("DeleteConflict", "detach", () -> iam.deleteUser(r -> r.userName("alice")));
    iam.detachUserPolicy(r -> r.userName("alice").policyArn(READ_ONLY));
    iam.deleteUser(r -> r.userName("alice"));

    assertRefused(
        "NoSuchEntity",
        "The user with name alice cannot be found.",
        () -> iam.getUser(r -> r.userName("alice")));
    assertRefused("NoSuchEntity", "alice", () -> iam.deleteUser(r -> r.userName("alice")));
  }

  @Test
  void tagsAreToldApartWhateverTheCaseOfTheirKeys() {
    iam.createUser(r -> r.userName("alice"));

    iam.tagUser(r -> r.userName("alice").tags(tag("Team", "devs"), tag("stack", "")));
    iam.tagUser(r -> r.userName("alice").tags(tag("team", "ops")));
    assertThat(tags("alice")).containsExactly(tag("stack", ""), tag("team", "ops"));

    iam.untagUser(r -> r.userName("alice").tagKeys("TEAM", "none"));
    assertThat(tags("alice")).containsExactly(tag("stack", ""));

    assertRefused(
        "InvalidInput",
        "Duplicate tag keys",
        () -> iam.tagUser(r -> r.userName("alice").tags(tag("a", ""), tag("A", ""))));
    assertRefused(
        "InvalidInput",
        "reserved",
        () -> iam.tagUser(r -> r.userName("alice").tags(tag("AWS:a", ""))));
    assertRefused(
        "ValidationError",
        "'tags.1.member.key'",
        () -> iam.tagUser(r -> r.userName("alice").tags(tag("<", ""))));
  }

  @Test
  void thereAreFiftyTagsAtMost() {
    iam.createUser(r -> r.userName("alice"));
    List<Tag> fifty = IntStream.range(0, 50).mapToObj(i -> tag("k" + i, "v")).toList();
    iam.tagUser(r -> r.userName("alice").tags(fifty));

    assertRefused(
        "LimitExceeded",
        "TagsPerUser: 50",
        () -> iam.tagUser(r -> r.userName("alice").tags(tag("more", ""))));
    iam.tagUser(r -> r.userName("alice").tags(tag("K0", "changed")));
    assertThat(tags("alice")).hasSize(50).contains(tag("K0", "changed"));
    assertRefused(
        "ValidationError",
        "less than or equal to 50",
        () ->
            iam.createUser(
                r ->
                    r.userName("bob")
                        .tags(IntStream.range(0, 51).mapToObj(i -> tag("k" + i, "")).toList())));
  }

  @Test
  void aBoundaryIsPutAndTakenAway() {
    iam.createUser(r -> r.userName("alice"));

    iam.putUserPermissionsBoundary(r -> r.userName("alice").permissionsBoundary(READ_ONLY));
    assertThat(
            iam.getUser(r -> r.userName("alice"))
                .user()
                .permissionsBoundary()
                .permissionsBoundaryArn())
        .isEqualTo(READ_ONLY);
    iam.deleteUserPermissionsBoundary(r -> r.userName("alice"));
    assertThat(iam.getUser(r -> r.userName("alice")).user().permissionsBoundary()).isNull();

    assertRefused(
        "NoSuchEntity",
        "does not exist or is not attachable",
        () ->
            iam.putUserPermissionsBoundary(
                r ->
                    r.userName("alice")
                        .permissionsBoundary("arn:aws:iam::123456789012:policy/none")));
    assertRefused(
        "InvalidInput",
        "is not valid",
        () ->
            iam.createUser(
                r -> r.userName("bob").permissionsBoundary("not an ARN but long enough")));
  }

  @Test
  void thereAreNoGroups() {
    iam.createUser(r -> r.userName("alice"));

    assertThat(iam.listGroupsForUser(r -> r.userName("alice")).groups()).isEmpty();
    assertRefused("NoSuchEntity", "bob", () -> iam.listGroupsForUser(r -> r.userName("bob")));
  }
}
