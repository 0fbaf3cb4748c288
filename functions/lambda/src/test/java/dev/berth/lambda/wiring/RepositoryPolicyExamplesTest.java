package dev.berth.lambda.wiring;

import static dev.berth.lambda.wiring.TestDeployment.OTHER;

import dev.berth.core.policy.ManagedPolicy;
import dev.berth.lambda.wiring.TestDeployment.Client;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The guide's policies of repositories and registries, put and used as a reader of it does. */
class RepositoryPolicyExamplesTest extends PolicyExamples {

  @Test
  void usersOfTheAccountPushAndPull() {
    Client one = user("push-pull-user-1", LOGIN);
    Client three = user("push-pull-user-3", LOGIN);
    assertDenied(NO_IDENTITY, "InitiateLayerUpload", one.send("POST", PUSH, ""));

    set(
        "'Sid':'AllowPushPull','Effect':'Allow','Principal':{'AWS':["
            + "'arn:aws:iam::123456789012:user/push-pull-user-1',"
            + "'arn:aws:iam::123456789012:user/push-pull-user-2']},'Action':["
            + "'ecr:BatchGetImage','ecr:BatchCheckLayerAvailability','ecr:CompleteLayerUpload',"
            + "'ecr:GetDownloadUrlForLayer','ecr:InitiateLayerUpload','ecr:PutImage',"
            + "'ecr:UploadLayerPart']");

    String upload = one.send("POST", PUSH, "").is(202).response().headers().first("Location").get();
    one.send(
            "PUT", upload + "&digest=" + BLOB.substring("/blobs/".length()).replace(":", "%3A"), "")
        .is(201);
    one.get("/v2/my-repo" + BLOB).is(200);
    one.get(PULL).is(404);
    one.call("BatchGetImage", "{'repositoryName':'my-repo','imageIds':[{'imageTag':'latest'}]}")
        .is(200);
    assertDenied(NO_IDENTITY, "ListImages", one.get("/v2/my-repo/tags/list"));
    assertDenied(NO_IDENTITY, "BatchGetImage", three.get(PULL));
    assertDenied(NO_IDENTITY, "ListImages", one.call("ListImages", "{'repositoryName':'my-repo'}"));
  }

  @Test
  void anotherAccountPushes() {
    Client pusher = deployment.user(OTHER, "pusher", ManagedPolicy.POWER_USER.document().text());
    Client powerless = deployment.user(OTHER, "powerless", LOGIN);
    assertDenied(NO_RESOURCE, "InitiateLayerUpload", pusher.send("POST", PUSH, ""));

    set(
        "'Sid':'AllowCrossAccountPush','Effect':'Allow',"
            + "'Principal':{'AWS':'arn:aws:iam::111122223333:root'},'Action':["
            + "'ecr:BatchCheckLayerAvailability','ecr:CompleteLayerUpload',"
            + "'ecr:InitiateLayerUpload','ecr:PutImage','ecr:UploadLayerPart']");

    pusher.send("POST", PUSH, "").is(202);
    pusher
        .call("InitiateLayerUpload", "{'registryId':'123456789012','repositoryName':'my-repo'}")
        .is(200);
    assertDenied(NO_RESOURCE, "BatchGetImage", pusher.get(PULL));
    assertDenied(NO_IDENTITY, "InitiateLayerUpload", powerless.send("POST", PUSH, ""));
    deployment.root(OTHER).send("POST", PUSH, "").is(202);
  }

  @Test
  void someUsersPullAndOneDoesAll() {
    set(
        "'Sid':'AllowPull','Effect':'Allow','Principal':{'AWS':["
            + "'arn:aws:iam::123456789012:user/pull-user-1',"
            + "'arn:aws:iam::123456789012:user/pull-user-2']},"
            + "'Action':['ecr:BatchGetImage','ecr:GetDownloadUrlForLayer']",
        "'Sid':'AllowAll','Effect':'Allow',"
            + "'Principal':{'AWS':'arn:aws:iam::123456789012:user/admin-user'},"
            + "'Action':['ecr:*']");
    Client puller = user("pull-user-2", LOGIN);
    Client admin = user("admin-user", LOGIN);

    puller.get(PULL).is(404);
    assertDenied(NO_IDENTITY, "PutImage", puller.send("PUT", PULL, "{}"));
    admin.send("POST", PUSH, "").is(202);
    admin.call("DeleteRepository", "{'repositoryName':'my-repo'}").is(200);
    assertDenied(
        NO_IDENTITY,
        "DeleteRepository",
        admin.call("DeleteRepository", "{'repositoryName':'another'}"));
  }

  @Test
  void allAccountsPull() {
    assertDenied(NO_RESOURCE, "BatchGetImage", stranger.get(PULL));

    set(
        "'Sid':'AllowPull','Effect':'Allow','Principal':'*',"
            + "'Action':['ecr:BatchGetImage','ecr:GetDownloadUrlForLayer']");

    stranger.get(PULL).is(404);
    stranger.get("/v2/my-repo" + BLOB).is(404);
    assertDenied(NO_RESOURCE, "BatchGetImage", stranger.get("/v2/another/manifests/latest"));
    assertDenied(
        NO_IDENTITY, "BatchGetImage", deployment.user(OTHER, "powerless", LOGIN).get(PULL));
  }

  @Test
  void nobodyPulls() {
    Client admin = user("admin", EVERYTHING);
    admin.get(PULL).is(404);

    set(
        "'Sid':'DenyPull','Effect':'Deny','Principal':'*',"
            + "'Action':['ecr:BatchGetImage','ecr:GetDownloadUrlForLayer']");

    assertDenied(DENIED, "", admin.get(PULL));
    assertDenied(DENIED, "", root.get("/v2/my-repo" + BLOB));
    assertDenied(
        DENIED,
        "",
        root.call(
            "BatchGetImage", "{'repositoryName':'my-repo','imageIds':[{'imageTag':'latest'}]}"));
    admin.get("/v2/my-repo/tags/list").is(200);
    root.call("DeleteRepositoryPolicy", "{'repositoryName':'my-repo'}").is(200);
    admin.get(PULL).is(404);
  }

  @Test
  void theRootMendsWhatDeniesEverything() {
    set("'Effect':'Deny','Principal':'*','Action':'ecr:*'");

    assertDenied(DENIED, "", root.call("ListImages", "{'repositoryName':'my-repo'}"));
    assertDenied(
        DENIED,
        "",
        user("admin", EVERYTHING).call("DeleteRepositoryPolicy", "{'repositoryName':'my-repo'}"));
    root.call("GetRepositoryPolicy", "{'repositoryName':'my-repo'}").is(200);
    root.call("DeleteRepositoryPolicy", "{'repositoryName':'my-repo'}").is(200);
    root.call("ListImages", "{'repositoryName':'my-repo'}").is(200);
  }

  @ParameterizedTest
  @CsvSource({"54.240.143.7, true", "54.240.143.188, false", "54.240.144.7, false", "::1, false"})
  void oneRangeOfAddressesMay(String address, boolean allowed) {
    root.set(
            "my-repo",
            statements(
                "'Sid':'IPAllow','Effect':'Allow','Principal':'*','Action':'ecr:*','Condition':{"
                    + "'NotIpAddress':{'aws:SourceIp':'54.240.143.188/32'},"
                    + "'IpAddress':{'aws:SourceIp':'54.240.143.0/24'}}"))
        .is(200);
    Client client =
        user("ann", LOGIN)
            .from(address)
            .with("X-Forwarded-For", "54.240.143.7")
            .with("Forwarded", "for=54.240.143.7")
            .with("X-Real-Ip", "54.240.143.7")
            .with("CloudFront-Viewer-Address", "54.240.143.7:1")
            .with("aws:SourceIp", "54.240.143.7");

    if (allowed) {
      client.get(PULL).is(404);
      client.call("ListImages", "{'repositoryName':'my-repo'}").is(200);
    } else {
      assertDenied(NO_IDENTITY, "BatchGetImage", client.get(PULL));
      assertDenied(
          NO_IDENTITY, "ListImages", client.call("ListImages", "{'repositoryName':'my-repo'}"));
    }
  }

  @Test
  void aServiceMayBeNamed() {
    set(
        "'Sid':'CodeBuildAccess','Effect':'Allow',"
            + "'Principal':{'Service':'codebuild.amazonaws.com'},"
            + "'Action':['ecr:BatchGetImage','ecr:GetDownloadUrlForLayer']");

    assertDenied(NO_IDENTITY, "BatchGetImage", user("ann", LOGIN).get(PULL));
  }

  @ParameterizedTest
  @ValueSource(strings = {"repository/*", "repository/prod-*"})
  void anotherAccountMakesTheRepositoriesThatItReplicates(String resource) {
    Client source = deployment.root(OTHER);
    String body = "{'registryId':'123456789012','repositoryName':'%s'}";
    assertDenied(
        NO_RESOURCE,
        "CreateRepository",
        source.call("CreateRepository", body.formatted("prod-app")));

    String policy =
        statements(
            "'Sid':'ReplicationAccessCrossAccount','Effect':'Allow',"
                + "'Principal':{'AWS':'arn:aws:iam::111122223333:root'},"
                + "'Action':['ecr:CreateRepository','ecr:ReplicateImage'],"
                + "'Resource':['arn:aws:ecr:us-east-1:123456789012:%s']".formatted(resource));
    root.call("PutRegistryPolicy", "{'policyText':'%s'}".formatted(policy.replace("\"", "\\\"")))
        .is(200);

    source.call("CreateRepository", body.formatted("prod-app")).is(200);
    var test = source.call("CreateRepository", body.formatted("test-app"));
    if (resource.endsWith("/*")) {
      test.is(200);
    } else {
      assertDenied(NO_RESOURCE, "CreateRepository", test);
    }
    assertDenied(
        NO_RESOURCE,
        "ListImages",
        source.call("ListImages", "{'registryId':'123456789012','repositoryName':'prod-app'}"));
  }
}
