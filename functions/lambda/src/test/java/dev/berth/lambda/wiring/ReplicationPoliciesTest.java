package dev.berth.lambda.wiring;

import static dev.berth.lambda.wiring.TestDeployment.ACCOUNT;
import static dev.berth.lambda.wiring.TestDeployment.OTHER;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.core.replication.PeerSecret;
import dev.berth.lambda.wiring.TestDeployment.Answer;
import dev.berth.lambda.wiring.TestDeployment.Client;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may replicate into a registry, and what else they may: nothing. */
class ReplicationPoliciesTest extends ReplicationExamples {
  @Test
  void nobodyElseMayCallThem() {
    Client root = deployment.root(ACCOUNT);
    root.call("CreateRepository", "{'repositoryName':'team/app'}").is(200);
    Client administrator = deployment.user(ACCOUNT, "admin", PolicyExamples.EVERYTHING);
    Client session =
        deployment.session(
            TestDeployment.permissions(PolicyExamples.EVERYTHING), List.of(), Map.of());
    for (Client client : List.of(root, administrator, session)) {
      String refusal =
          "User: %s is not authorized to perform: ecr:ReplicateImage because Amazon ECR alone performs it, to replicate images"
              .formatted(client.principal.arn());
      assertRefused(replicate(client, image(MANIFEST)), "AccessDeniedException", refusal);
      assertRefused(bring(client, layer(LAYER)), "AccessDeniedException", refusal);
      assertRefused(client.call("ReplicateImage", "{}"), "AccessDeniedException", refusal);
    }
    assertThat(fetched).isEmpty();
  }

  @Test
  void peersMayCallNothingElse() {
    deployment.root(ACCOUNT).call("CreateRepository", "{'repositoryName':'team/app'}").is(200);
    deployment
        .root(ACCOUNT)
        .set(
            "team/app",
            PolicyExamples.statements("'Effect':'Allow','Principal':'*','Action':'ecr:*'"))
        .is(200);
    String app = "{'repositoryName':'team/app'}";
    for (String operation :
        List.of("GetAuthorizationToken", "CreateRepository", "ListImages", "DeleteRepository")) {
      assertRefused(
          peer.call(operation, app),
          "AccessDeniedException",
          "is not authorized to perform: ecr:%s because its role is for the replication of images alone"
              .formatted(operation));
    }
  }

  @Test
  void otherApisDoNotKnowThem() {
    for (String service : List.of("iam", "sts")) {
      Answer answer = peer.query(service, "Action=GetCallerIdentity&Version=2011-06-15");
      assertThat(answer.text()).contains("InvalidClientTokenId");
      answer.is(403);
    }
  }

  @Test
  void aPeerIsKnownByTheSharedSecretAndItsRoleAlone() {
    assertRefused(
        replicate(deployment.peer(PeerSecret.random(), ACCOUNT, SOURCE_REGION), image(MANIFEST)),
        "UnrecognizedClientException",
        "");
    Client withoutRole = deployment.peer(TestDeployment.OWN_SECRET, "999999999999", SOURCE_REGION);
    assertRefused(replicate(withoutRole, image(MANIFEST)), "UnrecognizedClientException", "");
    assertThat(deployment.audited).isEmpty();
  }

  @Test
  void anotherDeploymentsAccountNeedsNothingHereButTheRegistrysPolicy() {
    Client stranger = deployment.stranger(TestDeployment.COVERED);
    assertRefused(
        replicate(stranger, theirs()),
        "AccessDeniedException",
        "because no resource-based policy allows the ecr:ReplicateImage action");

    deployment
        .root(ACCOUNT)
        .call(
            "PutRegistryPolicy",
            policy(TestDeployment.COVERED, "'ecr:CreateRepository','ecr:ReplicateImage'", "*"))
        .is(200);
    replicate(stranger, theirs()).is(200);
    bring(stranger, layer(LAYER).put("sourceRegion", TestDeployment.ELSEWHERE)).is(200);
  }

  @Test
  void anotherDeploymentReplicatesAsTheAccountsOfItsAgreementAlone() {
    deployment.root(ACCOUNT).call("PutRegistryPolicy", policy("*", "'ecr:*'", "*")).is(200);
    for (String account : List.of(ACCOUNT, OTHER, "999999999999")) {
      String refusal =
          "because the agreement with ap-south-1 does not cover the account " + account;
      assertRefused(
          replicate(deployment.stranger(account), theirs()), "AccessDeniedException", refusal);
      assertRefused(
          bring(
              deployment.stranger(account),
              layer(LAYER).put("sourceRegion", TestDeployment.ELSEWHERE)),
          "AccessDeniedException",
          refusal);
      assertRefused(
          deployment.stranger(account).call("ListImages", "{'repositoryName':'team/app'}"),
          "AccessDeniedException",
          "its role is for the replication of images alone");
    }
    assertThat(recorded())
        .contains("ReplicateImage AccessDeniedException", "ReplicateLayer AccessDeniedException")
        .doesNotContain("ReplicateImage", "ReplicateLayer", "CreateRepository");
    assertThat(fetched).isEmpty();
  }

  @Test
  void anotherDeploymentsSecretIsGoodForNoOtherRegion() {
    for (String region : List.of("us-east-1", SOURCE_REGION, "sa-east-1")) {
      Client pretender =
          deployment.peer(TestDeployment.THEIR_SECRET, TestDeployment.COVERED, region);
      assertRefused(
          replicate(pretender, image(MANIFEST).put("sourceRegion", region)),
          "UnrecognizedClientException",
          "");
    }
  }

  private static ObjectNode theirs() {
    return image(MANIFEST).put("sourceRegion", TestDeployment.ELSEWHERE);
  }

  @Test
  void anotherAccountNeedsTheRegistrysPolicy() {
    Client other = deployment.peer(OTHER, SOURCE_REGION);

    assertRefused(
        replicate(other, image(MANIFEST)),
        "AccessDeniedException",
        "User:"
            + " arn:aws:sts::111122223333:assumed-role/AWSServiceRoleForECRReplication/ecr-replication"
            + " is not authorized to perform: ecr:ReplicateImage on resource:"
            + " arn:aws:ecr:us-east-1:123456789012:repository/team/app because no resource-based"
            + " policy allows the ecr:ReplicateImage action");
    assertRefused(bring(other, layer(LAYER)), "AccessDeniedException", "ecr:ReplicateImage");

    assertThat(recorded())
        .containsExactly(
            "ReplicateImage AccessDeniedException", "ReplicateLayer AccessDeniedException");
    assertThat(fetched).isEmpty();
  }

  @Test
  void withoutTheRightToMakeARepositoryItHasToBeThere() {
    Client other = deployment.peer(OTHER, SOURCE_REGION);
    registryPolicy("'ecr:ReplicateImage'", "*");

    assertRefused(
        replicate(other, image(MANIFEST)),
        "AccessDeniedException",
        "is not authorized to perform: ecr:CreateRepository on resource:");
    assertThat(recorded())
        .containsExactly(
            "PutRegistryPolicy",
            "CreateRepository AccessDeniedException",
            "ReplicateImage AccessDeniedException");

    deployment.root(ACCOUNT).call("CreateRepository", "{'repositoryName':'team/app'}").is(200);
    replicate(other, image(MANIFEST)).is(200);
    bring(other, layer(LAYER)).is(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "arn:aws:iam::111122223333:root",
        "111122223333",
        "arn:aws:iam::111122223333:role/aws-service-role/replication.ecr.amazonaws.com/AWSServiceRoleForECRReplication"
      })
  void aPolicyNamesAnAccountOrItsRole(String principal) {
    deployment
        .root(ACCOUNT)
        .call(
            "PutRegistryPolicy",
            policy(principal, "'ecr:CreateRepository','ecr:ReplicateImage'", "*"))
        .is(200);

    replicate(deployment.peer(OTHER, SOURCE_REGION), image(MANIFEST)).is(200);
  }

  @Test
  void aPolicyMayBeForSomeRepositoriesAlone() {
    registryPolicy("'ecr:CreateRepository','ecr:ReplicateImage'", "prod-*");
    Client other = deployment.peer(OTHER, SOURCE_REGION);

    replicate(other, image(MANIFEST).put("repositoryName", "prod-app")).is(200);
    assertRefused(replicate(other, image(MANIFEST)), "AccessDeniedException", "ecr:ReplicateImage");
    assertRefused(
        replicate(
            deployment.peer("999999999999", SOURCE_REGION),
            image(MANIFEST).put("repositoryName", "prod-app")),
        "AccessDeniedException",
        "ecr:ReplicateImage");
  }

  @Test
  void aPolicyThatIsWithdrawnHalfWayEndsIt() {
    registryPolicy("'ecr:CreateRepository','ecr:ReplicateImage'", "*");
    Client other = deployment.peer(OTHER, SOURCE_REGION);
    replicate(other, image(MANIFEST)).is(200);
    deployment.root(ACCOUNT).call("DeleteRegistryPolicy", "{}").is(200);

    assertRefused(bring(other, layer(LAYER)), "AccessDeniedException", "");
    assertRefused(replicate(other, image(MANIFEST)), "AccessDeniedException", "");
  }
}
