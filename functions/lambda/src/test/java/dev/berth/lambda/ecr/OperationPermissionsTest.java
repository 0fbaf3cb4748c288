package dev.berth.lambda.ecr;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.authz.Authorizer.Attempt;
import dev.berth.core.authz.Authorizer.Decision;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Walks over all operations: what each of them asks for, and that it does nothing if denied. */
class OperationPermissionsTest {

  private static final String ON_A_REPOSITORY = "'repositoryName':'app'";
  private static final String ID = ",'imageId':{'imageTag':'1'}";
  private static final String IDS = ",'imageIds':[{'imageTag':'1'}]";
  private static final String UPLOAD = ",'uploadId':'00000000-0000-4000-8000-000000000000'";
  private static final String DIGESTS = ",'layerDigests':['" + SdkRegistry.MISSING + "']";
  private static final String ARN = "arn:aws:ecr:us-east-1:123456789012:repository/";
  private static final String BY_ARN = "'resourceArn':'" + ARN + "app'";

  /** What a request has, beside the operations that are about the registry. */
  private static final Map<String, String> ON_REPOSITORIES =
      Map.ofEntries(
          entry("CreateRepository", ON_A_REPOSITORY),
          entry("DescribeRepositories", "'repositoryNames':['app']"),
          entry("DeleteRepository", ON_A_REPOSITORY),
          entry("PutImageTagMutability", ON_A_REPOSITORY + ",'imageTagMutability':'MUTABLE'"),
          entry(
              "PutImageScanningConfiguration",
              ON_A_REPOSITORY + ",'imageScanningConfiguration':{}"),
          entry("TagResource", BY_ARN + ",'tags':[{'Key':'a','Value':'b'}]"),
          entry("UntagResource", BY_ARN + ",'tagKeys':['a']"),
          entry("ListTagsForResource", BY_ARN),
          entry("BatchCheckLayerAvailability", ON_A_REPOSITORY + DIGESTS),
          entry("InitiateLayerUpload", ON_A_REPOSITORY),
          entry(
              "UploadLayerPart",
              ON_A_REPOSITORY
                  + UPLOAD
                  + ",'partFirstByte':0,'partLastByte':0,'layerPartBlob':'AA=='"),
          entry("CompleteLayerUpload", ON_A_REPOSITORY + UPLOAD + DIGESTS),
          entry(
              "GetDownloadUrlForLayer",
              ON_A_REPOSITORY + ",'layerDigest':'" + SdkRegistry.MISSING + "'"),
          entry("PutImage", ON_A_REPOSITORY + ",'imageManifest':'{}'"),
          entry("BatchGetImage", ON_A_REPOSITORY + IDS),
          entry("ListImages", ON_A_REPOSITORY),
          entry("DescribeImages", ON_A_REPOSITORY),
          entry("BatchDeleteImage", ON_A_REPOSITORY + IDS),
          entry("SetRepositoryPolicy", ON_A_REPOSITORY + ",'policyText':'{}'"),
          entry("GetRepositoryPolicy", ON_A_REPOSITORY),
          entry("DeleteRepositoryPolicy", ON_A_REPOSITORY),
          entry(
              "PutLifecyclePolicy",
              ON_A_REPOSITORY + ",'lifecyclePolicyText':'{" + " ".repeat(100) + "}'"),
          entry("GetLifecyclePolicy", ON_A_REPOSITORY),
          entry("DeleteLifecyclePolicy", ON_A_REPOSITORY),
          entry("StartLifecyclePolicyPreview", ON_A_REPOSITORY),
          entry("GetLifecyclePolicyPreview", ON_A_REPOSITORY),
          entry("DescribeImageReplicationStatus", ON_A_REPOSITORY + ID),
          entry("StartImageScan", ON_A_REPOSITORY + ID),
          entry("DescribeImageScanFindings", ON_A_REPOSITORY + ID));

  private static final Map<String, String> ON_THE_REGISTRY =
      Map.of(
          "GetAuthorizationToken", "",
          "DescribeRegistry", "",
          "PutReplicationConfiguration", "'replicationConfiguration':{'rules':[]}",
          "PutRegistryPolicy", "'policyText':'{}'",
          "GetRegistryPolicy", "",
          "PutRegistryLifecyclePolicy", "'lifecyclePolicyText':'{" + " ".repeat(100) + "}'",
          "GetRegistryLifecyclePolicy", "",
          "DeleteRegistryLifecyclePolicy", "",
          "DeleteRegistryPolicy", "");

  private final SdkRegistry registry = new SdkRegistry();
  private final List<String> asked = new ArrayList<>();
  private Decision decision = new Decision.Denied("no");
  private final RawEcrClient client = new RawEcrClient(registry.operations, this::decide);

  private Decision decide(Attempt attempt) {
    asked.add(attempt.action() + " " + attempt.resource());
    return decision;
  }

  @AfterEach
  void close() {
    registry.close();
  }

  private void assertAsks(String operation, String members, String... expected) {
    asked.clear();
    client
        .call(operation, "{" + members.replace('\'', '"') + "}")
        .isError(400, "AccessDeniedException", "no");
    assertThat(asked).describedAs(operation).containsExactly(expected);
  }

  @Test
  void everyOperationAsksForItsActionOnItsResource() {
    registry.table.takeCalls();
    ON_REPOSITORIES.forEach(
        (operation, members) ->
            assertAsks(operation, members, "ecr:" + operation + " " + ARN + "app"));
    ON_THE_REGISTRY.forEach(
        (operation, members) -> assertAsks(operation, members, "ecr:" + operation + " *"));

    assertThat(registry.table.takeCalls()).isZero();
    var walked = new TreeSet<>(ON_REPOSITORIES.keySet());
    walked.addAll(ON_THE_REGISTRY.keySet());
    assertThat(registry.operations.all())
        .extracting(Operations.Entry::name)
        .containsExactlyInAnyOrderElementsOf(walked);
  }

  @Test
  void anotherRegistryIsAskedForByItsAccount() {
    assertAsks(
        "ListImages",
        "'registryId':'111122223333','repositoryName':'app'",
        "ecr:ListImages arn:aws:ecr:us-east-1:111122223333:repository/app");
  }

  @Test
  void aListingIsOfAllRepositories() {
    assertAsks("DescribeRepositories", "", "ecr:DescribeRepositories " + ARN + "*");
  }

  @Test
  void allPermissionsAreAskedForUntilOneIsDenied() {
    decision = new Decision.Allowed();

    client.call("DescribeRepositories", "{\"repositoryNames\":[\"app\",\"web\",\"app\"]}");
    client.call(
        "CreateRepository",
        "{\"repositoryName\":\"new\",\"tags\":[{\"Key\":\"a\",\"Value\":\"b\"}]}");

    assertThat(asked)
        .containsExactly(
            "ecr:DescribeRepositories " + ARN + "app",
            "ecr:DescribeRepositories " + ARN + "web",
            "ecr:CreateRepository " + ARN + "new",
            "ecr:TagResource " + ARN + "new");
  }

  @ParameterizedTest
  @CsvSource({
    "CreateRepository, aws:RequestTag/Team, a",
    "TagResource, aws:RequestTag/TEAM, a",
    "TagResource, aws:TagKeys, team stage",
    "UntagResource, aws:TagKeys, team stage",
    "UntagResource, aws:RequestTag/team, ''"
  })
  void tagsOfTheRequestAreKnown(String operation, String key, String values) {
    String tags = ",'tags':[{'Key':'team','Value':'a'},{'Key':'stage','Value':'b'}]";
    var contexts = new ArrayList<List<String>>();
    var recording =
        new RawEcrClient(
            registry.operations,
            attempt -> {
              contexts.add(attempt.context().values(key).orElse(List.of()));
              return new Decision.Denied("no");
            });
    String members =
        operation.equals("UntagResource")
            ? BY_ARN + ",'tagKeys':['team','stage']"
            : (operation.equals("TagResource") ? BY_ARN : ON_A_REPOSITORY) + tags;
    recording.call(operation, "{" + members.replace('\'', '"') + "}");

    assertThat(contexts).hasSize(1);
    assertThat(String.join(" ", contexts.getFirst())).isEqualTo(values);
  }

  /** Else what is denied by the first value could be had by the second. */
  @ParameterizedTest
  @ValueSource(strings = {"team", "TEAM"})
  void aTagThatIsGivenTwiceHasBothValues(String second) {
    var values = new ArrayList<List<String>>();
    var recording =
        new RawEcrClient(
            registry.operations,
            attempt -> {
              values.add(attempt.context().values("aws:RequestTag/team").orElse(List.of()));
              return new Decision.Denied("no");
            });
    recording.call(
        "TagResource",
        "{%s,'tags':[{'Key':'team','Value':'a'},{'Key':'%s','Value':'b'}]}"
            .formatted(BY_ARN, second)
            .replace('\'', '"'));

    assertThat(values).containsExactly(List.of("a", "b"));
  }
}
