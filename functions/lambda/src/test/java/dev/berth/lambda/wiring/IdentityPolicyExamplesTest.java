package dev.berth.lambda.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.lambda.wiring.TestDeployment.Client;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The guide's policies of users, and those by tags, used as a reader of it does. */
class IdentityPolicyExamplesTest extends PolicyExamples {

  @Test
  void withoutAnyPolicyAUserMayNotEvenLogIn() {
    assertDenied(
        NO_IDENTITY, "GetAuthorizationToken", user("ann").call("GetAuthorizationToken", "{}"));
  }

  @Test
  void thePingAsksForAGoodCredentialAlone() {
    user("ann", LOGIN).get("/v2/").is(200);
  }

  @Test
  void aReadOnlyUserLooksAtAllAndChangesNothing() {
    Client reader = user("reader", READ_ONLY);

    reader.call("DescribeRepositories", "{}").is(200);
    reader.get(PULL).is(404);
    assertDenied(NO_IDENTITY, "InitiateLayerUpload", reader.send("POST", PUSH, ""));
    assertDenied(
        NO_IDENTITY,
        "CreateRepository",
        reader.call("CreateRepository", "{'repositoryName':'new'}"));
    assertDenied(NO_IDENTITY, "DescribeRegistry", reader.call("DescribeRegistry", "{}"));
  }

  @Test
  void oneUserHasOneRepository() {
    String own = "arn:aws:ecr:us-east-1:123456789012:repository/my-repo";
    Client ann =
        user(
            "ann",
            statements(
                "'Sid':'ListImagesInRepository','Effect':'Allow','Action':['ecr:ListImages'],"
                    + "'Resource':'%s'".formatted(own),
                "'Sid':'GetAuthorizationToken','Effect':'Allow',"
                    + "'Action':['ecr:GetAuthorizationToken'],'Resource':'*'",
                "'Sid':'ManageRepositoryContents','Effect':'Allow','Action':["
                    + "'ecr:BatchCheckLayerAvailability','ecr:GetDownloadUrlForLayer',"
                    + "'ecr:GetRepositoryPolicy','ecr:DescribeRepositories','ecr:ListImages',"
                    + "'ecr:DescribeImages','ecr:BatchGetImage','ecr:InitiateLayerUpload',"
                    + "'ecr:UploadLayerPart','ecr:CompleteLayerUpload','ecr:PutImage'],"
                    + "'Resource':'%s'".formatted(own)));

    ann.send("POST", PUSH, "").is(202);
    ann.get("/v2/my-repo/tags/list").is(200);
    ann.call("DescribeRepositories", "{'repositoryNames':['my-repo']}").is(200);
    assertDenied(
        NO_IDENTITY,
        "DescribeRepositories",
        ann.call("DescribeRepositories", "{'repositoryNames':['my-repo','another']}"));
    assertDenied(NO_IDENTITY, "DescribeRepositories", ann.call("DescribeRepositories", "{}"));
    assertDenied(NO_IDENTITY, "DescribeRepositories", ann.get("/v2/_catalog"));
    assertDenied(NO_IDENTITY, "ListImages", ann.get("/v2/another/tags/list"));
    assertDenied(NO_IDENTITY, "BatchDeleteImage", ann.send("DELETE", PULL, ""));
  }

  @Test
  void repositoriesAreMadeAndTaggedAsAllowed() {
    String condition = "'Condition':{'StringEquals':{'aws:RequestTag/environment':'dev'}}";
    Client ann =
        user(
            "ann",
            statements(
                "'Sid':'AllowCreateTaggedRepository','Effect':'Allow',"
                    + "'Action':['ecr:CreateRepository'],'Resource':'*',"
                    + condition,
                "'Sid':'AllowTagRepository','Effect':'Allow','Action':['ecr:TagResource'],"
                    + "'Resource':'*',"
                    + condition));

    ann.call("CreateRepository", created("aa", "environment", "dev")).is(200);
    for (String body :
        List.of(
            created("bb", "environment", "prod"),
            created("bb", "stage", "dev"),
            "{'repositoryName':'bb'}")) {
      assertDenied(NO_IDENTITY, "CreateRepository", ann.call("CreateRepository", body));
    }
    ann.call("TagResource", tagged("my-repo", "environment", "dev")).is(200);
    assertDenied(
        NO_IDENTITY,
        "TagResource",
        ann.call("TagResource", tagged("my-repo", "environment", "prod")));
  }

  private static String created(String name, String key, String value) {
    return "{'repositoryName':'%s','tags':[{'Key':'%s','Value':'%s'}]}".formatted(name, key, value);
  }

  @Test
  void aTagAtCreationIsTaggingToo() {
    Client creator =
        user(
            "creator",
            statements("'Effect':'Allow','Action':'ecr:CreateRepository','Resource':'*'"));

    creator.call("CreateRepository", "{'repositoryName':'aa'}").is(200);
    assertDenied(
        NO_IDENTITY, "TagResource", creator.call("CreateRepository", created("bb", "a", "b")));
    assertThat(root.call("DescribeRepositories", "{}").json().path("repositories")).hasSize(3);
  }

  @Test
  void someTagKeysAreOutOfReach() {
    Client ann =
        user(
            "ann",
            statements(
                "'Effect':'Allow','Action':'ecr:*','Resource':'*'",
                "'Effect':'Deny','Action':['ecr:TagResource','ecr:UntagResource'],'Resource':'*',"
                    + "'Condition':{'ForAnyValue:StringEquals':{'aws:TagKeys':['owner']}}"));
    String untag =
        "{'resourceArn':'arn:aws:ecr:us-east-1:123456789012:repository/my-repo',"
            + "'tagKeys':['team','%s']}";

    ann.call("TagResource", tagged("my-repo", "team", "a")).is(200);
    ann.call("UntagResource", untag.formatted("stage")).is(200);
    for (var answer :
        List.of(
            ann.call("TagResource", tagged("my-repo", "owner", "ann")),
            ann.call("CreateRepository", created("cc", "owner", "ann")),
            ann.call("UntagResource", untag.formatted("owner")))) {
      answer.isDenied("with an explicit deny in an identity-based policy");
    }
  }

  @Test
  void whatIsTaggedForProductionIsOutOfReach() {
    Client ann =
        user(
            "ann",
            statements(
                "'Effect':'Allow','Action':'ecr:*','Resource':'*'",
                "'Effect':'Deny','Action':'ecr:*','Resource':'*','Condition':{"
                    + "'StringEquals':{'ecr:ResourceTag/environment':'prod'}}"));
    ann.get(PULL).is(404);

    root.call("TagResource", tagged("my-repo", "environment", "prod")).is(200);

    ann.get(PULL).isDenied("with an explicit deny in an identity-based policy");
    ann.call("DeleteRepository", "{'repositoryName':'my-repo'}")
        .isDenied("with an explicit deny in an identity-based policy");
    ann.get("/v2/another/manifests/latest").is(404);
  }
}
