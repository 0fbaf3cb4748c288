package dev.berth.lambda.iam;

import static dev.berth.lambda.iam.SdkIam.READ_ONLY;
import static dev.berth.lambda.iam.SdkIam.allow;
import static dev.berth.lambda.iam.SdkIam.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.Tag;

/** Which action, resource and conditions a user must be allowed for what it calls. */
class IamPermissionsTest {

  private static final String USERS = "arn:aws:iam::123456789012:user";

  private final SdkIam server = new SdkIam();
  private final IamClient root = server.iam;

  @AfterEach
  void stop() {
    server.close();
  }

  private static String policy(String statements) {
    return "{\"Version\":\"2012-10-17\",\"Statement\":[%s]}".formatted(statements);
  }

  private static String allowIf(String action, String condition) {
    return policy(
        """
        {"Effect":"Allow","Action":"%s","Resource":"*","Condition":{%s}}\
        """
            .formatted(action, condition));
  }

  private static Tag team(String value) {
    return Tag.builder().key("team").value(value).build();
  }

  @Test
  void whoHasNoPolicyMayDoNothing() {
    root.createUser(r -> r.userName("alice").path("/team/"));
    IamClient alice = server.with("alice");

    assertRefused(
        "AccessDenied",
        "User: arn:aws:iam::123456789012:user/team/alice is not authorized to perform:"
            + " iam:GetUser on resource: arn:aws:iam::123456789012:user/team/alice because no"
            + " identity-based policy allows the iam:GetUser action",
        alice::getUser);
    assertRefused("AccessDenied", "iam:ListUsers on resource: *", alice::listUsers);
    assertRefused(
        "AccessDenied",
        "iam:CreateUser on resource: %s/a/bob".formatted(USERS),
        () -> alice.createUser(r -> r.userName("bob").path("/a/")));
    assertRefused(
        "AccessDenied",
        "iam:GetRole on resource: arn:aws:iam::123456789012:role/none",
        () -> alice.getRole(r -> r.roleName("none")));
    assertRefused("AccessDenied", "iam:ListPolicies on resource: *", alice::listPolicies);
  }

  @Test
  void aUserMayManageItselfAlone() {
    IamClient alice = server.user("alice", allow("iam:*AccessKey*", USERS + "/${aws:username}"));
    root.createUser(r -> r.userName("bob"));

    assertThat(alice.createAccessKey().accessKey().userName()).isEqualTo("alice");
    assertThat(alice.listAccessKeys(r -> r.userName("alice")).accessKeyMetadata()).hasSize(2);
    assertRefused(
        "AccessDenied",
        "iam:CreateAccessKey on resource: %s/bob".formatted(USERS),
        () -> alice.createAccessKey(r -> r.userName("bob")));
  }

  @Test
  void aPathIsTheEntitysAndNotTheRequests() {
    root.createUser(r -> r.userName("boss").path("/admins/"));
    IamClient alice =
        server.user(
            "alice",
            policy(
                """
                {"Effect":"Allow","Action":"iam:*","Resource":"*"},
                {"Effect":"Deny","Action":"iam:*","Resource":"%s/admins/*"}\
                """
                    .formatted(USERS)));

    for (String name : new String[] {"boss", "BOSS", "Boss"}) {
      assertRefused(
          "AccessDenied",
          "%s/admins/boss with an explicit deny".formatted(USERS),
          () -> alice.getUser(r -> r.userName(name)));
      assertRefused(
          "AccessDenied", "explicit deny", () -> alice.createAccessKey(r -> r.userName(name)));
    }
  }

  @Test
  void whoMakesOneWithTagsMustBeAllowedToTagIt() {
    IamClient alice = server.user("alice", allow("iam:Create*", "*"));

    alice.createUser(r -> r.userName("bob"));
    assertRefused(
        "AccessDenied",
        "iam:TagUser on resource: %s/carol".formatted(USERS),
        () -> alice.createUser(r -> r.userName("carol").tags(team("devs"))));
    assertRefused(
        "AccessDenied",
        "iam:TagRole",
        () ->
            alice.createRole(
                r ->
                    r.roleName("ci")
                        .tags(team("devs"))
                        .assumeRolePolicyDocument(SdkIam.trust(SdkIam.ACCOUNT))));
    assertRefused(
        "AccessDenied",
        "iam:TagPolicy",
        () ->
            alice.createPolicy(
                r -> r.policyName("p").tags(team("devs")).policyDocument(SdkIam.ALLOW_ALL)));
  }

  @Test
  void theTagsOfARequestAreConditions() {
    IamClient alice =
        server.user(
            "alice",
            allowIf(
                "iam:*User",
                "\"StringEquals\":{\"aws:RequestTag/team\":\"devs\"},"
                    + "\"ForAllValues:StringEquals\":{\"aws:TagKeys\":[\"team\"]}"));

    alice.createUser(r -> r.userName("bob").tags(team("devs")));
    alice.tagUser(r -> r.userName("bob").tags(team("devs")));
    assertRefused(
        "AccessDenied", "", () -> alice.tagUser(r -> r.userName("bob").tags(team("ops"))));
    assertRefused(
        "AccessDenied",
        "",
        () ->
            alice.tagUser(
                r ->
                    r.userName("bob")
                        .tags(team("devs"), Tag.builder().key("more").value("").build())));
  }

  @Test
  void theTagsOfWhatARequestIsOnAreConditions() {
    root.createUser(r -> r.userName("bob").tags(team("devs")));
    root.createUser(r -> r.userName("carol").tags(team("ops")));
    IamClient alice =
        server.user(
            "alice",
            allowIf("iam:GetUser", "\"StringEquals\":{\"aws:ResourceTag/team\":\"devs\"}"));

    assertThat(alice.getUser(r -> r.userName("bob")).user().userName()).isEqualTo("bob");
    assertRefused("AccessDenied", "", () -> alice.getUser(r -> r.userName("carol")));
    assertRefused("AccessDenied", "", () -> alice.getUser(r -> r.userName("none")));
  }

  @Test
  void whatIsAttachedIsACondition() {
    root.createUser(r -> r.userName("bob"));
    IamClient alice =
        server.user(
            "alice",
            allowIf(
                "iam:*tachUserPolicy",
                "\"ArnEquals\":{\"iam:PolicyARN\":\"%s\"}".formatted(READ_ONLY)));

    alice.attachUserPolicy(r -> r.userName("bob").policyArn(READ_ONLY));
    alice.detachUserPolicy(r -> r.userName("bob").policyArn(READ_ONLY));
    assertRefused(
        "AccessDenied",
        "iam:AttachUserPolicy",
        () -> alice.attachUserPolicy(r -> r.userName("bob").policyArn(SdkIam.POWER_USER)));
  }

  @Test
  void aDelegateMakesAndChangesNobodyWithoutTheBoundary() {
    IamClient alice =
        server.user(
            "alice",
            allowIf(
                "iam:*",
                "\"StringEquals\":{\"iam:PermissionsBoundary\":\"%s\"}".formatted(READ_ONLY)));
    root.createUser(r -> r.userName("free"));

    alice.createUser(r -> r.userName("bob").permissionsBoundary(READ_ONLY));
    alice.putUserPolicy(r -> r.userName("bob").policyName("p").policyDocument(SdkIam.ALLOW_ALL));
    alice.attachUserPolicy(r -> r.userName("bob").policyArn(SdkIam.POWER_USER));
    assertRefused("AccessDenied", "", () -> alice.createUser(r -> r.userName("carol")));
    assertRefused(
        "AccessDenied",
        "",
        () ->
            alice.putUserPermissionsBoundary(
                r -> r.userName("bob").permissionsBoundary(SdkIam.POWER_USER)));
    assertRefused(
        "AccessDenied",
        "",
        () ->
            alice.putUserPolicy(
                r -> r.userName("free").policyName("p").policyDocument(SdkIam.ALLOW_ALL)));
  }

  @Test
  void everybodyMayBeAllowedToReadAwsPolicies() {
    IamClient alice = server.user("alice", allow("iam:GetPolicy", "*"));

    assertThat(alice.getPolicy(r -> r.policyArn(READ_ONLY)).policy().arn()).isEqualTo(READ_ONLY);
    assertRefused(
        "AccessDenied",
        "arn:aws:iam::999999999999:policy/theirs",
        () -> alice.getPolicy(r -> r.policyArn("arn:aws:iam::999999999999:policy/theirs")));
  }

  @Test
  void theRegionIsTheServicesAndNotTheSignatures() {
    IamClient alice =
        server.user(
            "alice",
            allowIf("iam:GetUser", "\"StringEquals\":{\"aws:RequestedRegion\":\"us-east-1\"}"));

    assertThat(alice.getUser().user().userName()).isEqualTo("alice");
    assertThat(server.with("alice", Region.EU_WEST_1).getUser().user().userName())
        .isEqualTo("alice");
  }
}
