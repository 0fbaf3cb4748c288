package dev.berth.lambda.wiring;

import static dev.berth.lambda.wiring.TestDeployment.ACCOUNT;
import static dev.berth.lambda.wiring.TestDeployment.NOW;
import static dev.berth.lambda.wiring.TestDeployment.OTHER;
import static dev.berth.lambda.wiring.TestDeployment.permissions;

import dev.berth.lambda.wiring.TestDeployment.Client;
import dev.berth.registry.identity.CustomerPolicy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What the guide, and the chapters of IAM that it names, say of policies beside examples. */
class PolicyTypesTest extends PolicyExamples {

  @Test
  void registriesOfOthersAreTheirOwn() {
    assertDenied(
        NO_RESOURCE,
        "DescribeRepositories",
        deployment
            .user(OTHER, "admin", EVERYTHING)
            .call("DescribeRepositories", "{'registryId':'123456789012'}"));
  }

  @Test
  void aVpcEndpointMayBeTheOnlyWayIn() {
    set(
        "'Effect':'Deny','Principal':'*','Action':'ecr:BatchGetImage','Condition':{"
            + "'StringNotEquals':{'aws:SourceVpce':'vpce-1'}}");
    Client ann = user("ann", EVERYTHING);

    assertDenied(DENIED, "", ann.get(PULL));
    assertDenied(DENIED, "", ann.with("x-amzn-vpce-id", "vpce-1").get(PULL));
    assertDenied(DENIED, "", ann.through("vpce-2", "vpc-1").get(PULL));
    ann.through("vpce-1", "vpc-1").get(PULL).is(404);
  }

  @Test
  void aSessionPolicyNarrowsWhatTheRoleMay() {
    String policy =
        statements("'Effect':'Allow','Action':['ecr:Get*','ecr:BatchGetImage'],'Resource':'*'");
    Client session = deployment.session(permissions(EVERYTHING), List.of(policy), Map.of());

    session.get(PULL).is(404);
    assertDenied(
        "because no session policy allows the %s action",
        "ListImages", session.get("/v2/my-repo/tags/list"));
  }

  @Test
  void aSessionReachesWhatIsTaggedAsItIs() {
    Client session =
        deployment.session(
            permissions(
                LOGIN,
                statements(
                    "'Effect':'Allow','Action':'ecr:*','Resource':'*','Condition':{"
                        + "'StringEquals':{'aws:ResourceTag/team':'${aws:PrincipalTag/team}'}}")),
            List.of(),
            Map.of("team", "a"));
    assertDenied(NO_IDENTITY, "BatchGetImage", session.get(PULL));

    root.call("TagResource", tagged("my-repo", "team", "a")).is(200);
    session.get(PULL).is(404);
  }

  @Test
  void aBoundaryBoundsWhatAUserMay() {
    String text =
        statements("'Effect':'Allow','Action':['ecr:Get*','ecr:BatchGetImage'],'Resource':'*'");
    var boundary = CustomerPolicy.made(ACCOUNT, "/", "boundary", "", text, NOW, new TreeMap<>());
    deployment.identities.policies().create(boundary);
    Client ann =
        deployment.user(
            ACCOUNT, "ann", permissions(EVERYTHING).withBoundary(Optional.of(boundary.arn())));

    ann.get(PULL).is(404);
    assertDenied(
        "because no permissions boundary allows the %s action",
        "ListImages", ann.call("ListImages", "{'repositoryName':'my-repo'}"));
  }

  @Test
  void aMountNeedsTheSourceToo() {
    set("'Effect':'Allow','Principal':'*','Action':'ecr:*'");
    Client ann = user("ann", LOGIN);
    root.send("POST", "/v2/another/blobs/uploads/?digest=" + digest("layer"), "layer").is(201);
    root.send("POST", "/v2/my-repo/blobs/uploads/?digest=" + digest("own"), "own").is(201);
    String mount = "/v2/my-repo/blobs/uploads/?from=%s&mount=" + digest("layer");

    ann.send("POST", mount.formatted("another"), "").is(202);
    root.set(
            "another",
            statements("'Effect':'Allow','Principal':'*','Action':'ecr:GetDownloadUrlForLayer'"))
        .is(200);
    ann.send("POST", mount.formatted("another"), "").is(201);
  }
}
