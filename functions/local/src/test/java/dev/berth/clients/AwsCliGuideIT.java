package dev.berth.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every {@code aws ecr} command that ECR's guide prints, page by page as a reader would type them,
 * with the guide's placeholders filled in and what it shows expected. Images are pushed with plain
 * requests where the guide uses Docker.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AwsCliGuideIT {

  private static final List<String> REGIONS = List.of("us-east-1", "us-east-2", "us-west-2");
  private static final String ARN = "arn:aws:ecr:us-east-1:" + Berth.ACCOUNT + ":repository/";

  @TempDir static Path home;
  private static Berth berth;
  private static GuideShell shell;

  @BeforeAll
  static void start() {
    Programs.assumeInstalled("aws", "bash", "curl");
    berth = Berth.in(home, Map.of(), "--regions", String.join(",", REGIONS));
    shell = new GuideShell(home, berth, REGIONS);
  }

  @AfterAll
  static void stop() {
    if (berth != null) {
      berth.close();
    }
  }

  /** getting-started-cli.md, steps 2 to 7. */
  @Test
  @Order(1)
  void gettingStarted() throws IOException {
    assertThat(shell.quietly("aws ecr get-login-password --region us-east-1")).isNotEmpty();
    JsonNode made =
        shell.json(
            """
            aws ecr create-repository \\
                --repository-name hello-world \\
                --image-scanning-configuration scanOnPush=true \\
                --region us-east-1\
            """);
    assertThat(made.at("/repository/imageScanningConfiguration/scanOnPush").asBoolean()).isTrue();
    push(0, "hello-world", "latest");
    Shown.text(
            """
            {
                "failures": [],
                "imageIds": [
                    {
                        "imageTag": "latest",
                        "imageDigest": "sha256:215d7e4121b30157d8839e81c4e0912606fca105"
                    }
                ]
            }\
            """)
        .assertIn(
            shell.json(
                """
                aws ecr batch-delete-image \\
                      --repository-name hello-world \\
                      --image-ids imageTag=latest\
                """));
    push(0, "hello-world", "latest");
    shell.run(
        """
        aws ecr delete-repository \\
              --repository-name hello-world \\
              --force\
        """);
    assertThat(shell.failure("aws ecr describe-images --repository-name hello-world"))
        .contains("(RepositoryNotFoundException)")
        .contains("The repository with name 'hello-world' does not exist in the registry with id");
  }

  /** registry_auth.md, "Using HTTP API authentication". */
  @Test
  @Order(2)
  void registryAuthentication() throws IOException {
    pushedAmazonLinux("amazonlinux", "latest", "2017.09");
    String listed =
        shell.quietly(
            """
            TOKEN=$(aws ecr get-authorization-token --output text \
            --query 'authorizationData[].authorizationToken')
            curl -s -i -H "Authorization: Basic $TOKEN" http://%s/v2/amazonlinux/tags/list\
            """
                .formatted(shell.host(0)));
    assertThat(listed)
        .startsWith("HTTP/1.1 200 OK")
        .containsIgnoringCase("Docker-Distribution-Api-Version: registry/2.0")
        .endsWith("{\"name\":\"amazonlinux\",\"tags\":[\"2017.09\",\"latest\"]}");
    shell.run("aws ecr delete-repository --repository-name amazonlinux --force");
  }

  /** docker-pull-ecr-image.md and image-retag.md. */
  @Test
  @Order(3)
  void pullAndRetag() throws IOException {
    pushedAmazonLinux("amazonlinux", "latest");
    assertThat(shell.json("aws ecr describe-repositories").findValuesAsText("repositoryName"))
        .contains("amazonlinux");
    shell.run(
        """
        MANIFEST=$(aws ecr batch-get-image --repository-name amazonlinux \
        --image-ids imageTag=latest --query 'images[].imageManifest' --output text)
        aws ecr put-image --repository-name amazonlinux --image-tag 2017.03 \
        --image-manifest "$MANIFEST\"\
        """);
    Shown.text(
            """
            {
              "imageDetails": [
                {
                  "imageSizeInBytes": 98755613,
                  "imageDigest": "sha256:8d00af8f076eb15a33019c2a3e7f1f655375681c4e5be157a2685dfe",
                  "imageTags": [
                    "latest",
                    "2017.03"
                  ],
                  "registryId": "aws_account_id",
                  "repositoryName": "amazonlinux",
                  "imagePushedAt": 1499287667.0
                }
              ]
            }\
            """)
        .assertIn(numericTimes("aws ecr describe-images --repository-name amazonlinux"));
  }

  /** delete_image.md. */
  @Test
  @Order(4)
  void deleteAnImage() throws IOException {
    pushedAmazonLinux("my-repo", "latest", "other");
    JsonNode listed = shell.json("aws ecr list-images --repository-name my-repo");
    assertThat(listed.findValuesAsText("imageTag")).containsExactlyInAnyOrder("latest", "other");
    String digest = listed.findValuesAsText("imageDigest").getFirst();

    shell.run("aws ecr batch-delete-image --repository-name my-repo --image-ids imageTag=latest");
    JsonNode deleted =
        shell.json(
            "aws ecr batch-delete-image --repository-name my-repo --image-ids imageDigest="
                + digest);
    assertThat(deleted.get("failures")).isEmpty();
    assertThat(deleted.findValuesAsText("imageTag")).containsExactly("other");
    assertThat(shell.json("aws ecr list-images --repository-name my-repo").get("imageIds"))
        .isEmpty();
  }

  /** image-tag-mutability.md. */
  @Test
  @Order(5)
  void tagMutability() throws IOException {
    JsonNode made =
        shell.json(
            "aws ecr create-repository --repository-name name --image-tag-mutability IMMUTABLE"
                + " --region us-east-2");
    assertThat(made.at("/repository/imageTagMutability").asText()).isEqualTo("IMMUTABLE");
    JsonNode put =
        shell.json(
            "aws ecr put-image-tag-mutability --repository-name name --image-tag-mutability"
                + " IMMUTABLE --region us-east-2");
    assertThat(put)
        .isEqualTo(
            Shown.text(
                    """
                    {"registryId":"%s","repositoryName":"name","imageTagMutability":"IMMUTABLE"}\
                    """
                        .formatted(Berth.ACCOUNT))
                .output());
    push(1, "name", "1");
    Image other = Images.in(home).write("other:" + UUID.randomUUID(), 1000);
    try (var client = client(1)) {
      Pushes.push(client, "name", "2", other);
    }
    assertThat(
            shell.failure(
                """
                MANIFEST=$(aws ecr batch-get-image --repository-name name --region us-east-2 \
                --image-ids imageTag=2 --query 'images[].imageManifest' --output text)
                aws ecr put-image --repository-name name --region us-east-2 --image-tag 1 \
                --image-manifest "$MANIFEST\"\
                """))
        .contains("(ImageTagAlreadyExistsException)")
        .contains(
            "The image tag '1' already exists in the 'name' repository and cannot be overwritten"
                + " because the repository is immutable.");
    shell.run("aws ecr delete-repository --repository-name name --force --region us-east-2");
  }

  /** image-scanning.md, "Configuring a repository to scan on push". */
  @Test
  @Order(6)
  void scanOnPush() {
    JsonNode made =
        shell.json(
            "aws ecr create-repository --repository-name name --image-scanning-configuration"
                + " scanOnPush=true --region us-east-2");
    assertThat(made.at("/repository/imageScanningConfiguration/scanOnPush").asBoolean()).isTrue();
    JsonNode put =
        shell.json(
            "aws ecr put-image-scanning-configuration --repository-name name"
                + " --image-scanning-configuration scanOnPush=true --region us-east-2");
    assertThat(put.at("/imageScanningConfiguration/scanOnPush").asBoolean()).isTrue();
    assertThat(put.get("repositoryName").asText()).isEqualTo("name");
  }

  /** image-scanning.md, "Manually scanning an image" and "Retrieving image scan findings". */
  @Test
  @Order(7)
  void manualScan() throws IOException {
    shell.run("aws ecr create-repository --repository-name scanned --region us-east-2");
    push(1, "scanned", "tag_name");
    JsonNode started =
        shell.json(
            "aws ecr start-image-scan --repository-name scanned --image-id imageTag=tag_name"
                + " --region us-east-2");
    assertThat(started.at("/imageId/imageTag").asText()).isEqualTo("tag_name");
    assertThat(started.at("/imageScanStatus/status").asText()).isNotEmpty();
    String digest = started.at("/imageId/imageDigest").asText();
    assertThat(
            shell.failure(
                "aws ecr start-image-scan --repository-name scanned --image-id imageDigest="
                    + digest
                    + " --region us-east-2"))
        .contains("(LimitExceededException)")
        .contains("The scan quota per image has been exceeded. Wait and try again.");
    for (String image : List.of("imageTag=tag_name", "imageDigest=" + digest)) {
      JsonNode findings =
          shell.json(
              "aws ecr describe-image-scan-findings --repository-name scanned --image-id "
                  + image
                  + " --region us-east-2");
      assertThat(findings.at("/imageId/imageDigest").asText()).isEqualTo(digest);
      assertThat(findings.at("/imageScanStatus/status").asText()).isNotEmpty();
    }
  }

  /** ecr-using-tags.md. */
  @Test
  @Order(8)
  void resourceTags() {
    shell.run("aws ecr create-repository --repository-name test-repo --tags Key=team,Value=devs");
    shell.run(
        "aws ecr tag-resource --resource-arn " + ARN + "test-repo --tags Key=stack,Value=dev");
    shell.run(
        "aws ecr tag-resource --resource-arn "
            + ARN
            + "test-repo --tags Key=key1,Value=value1 Key=key2,Value=value2 Key=key3,Value=value3");
    shell.run("aws ecr untag-resource --resource-arn " + ARN + "test-repo --tag-keys key2");
    JsonNode tags =
        shell
            .json("aws ecr list-tags-for-resource --resource-arn " + ARN + "test-repo")
            .get("tags");
    assertThat(tags.findValuesAsText("Key"))
        .containsExactlyInAnyOrder("team", "stack", "key1", "key3");
  }

  /** registry-permissions-create.md and registry-permissions-delete.md. */
  @Test
  @Order(9)
  void registryPermissions() {
    shell.write(
        "registry_policy.json",
        """
        {
            "Version":"2012-10-17",
            "Statement":[
                {
                    "Sid":"ReplicationAccessCrossAccount",
                    "Effect":"Allow",
                    "Principal":{
                        "AWS":"arn:aws:iam::111122223333:root"
                    },
                    "Action":[
                        "ecr:CreateRepository",
                        "ecr:ReplicateImage"
                    ],
                    "Resource": [
                        "arn:aws:ecr:us-west-2:%s:repository/*"
                    ]
                }
            ]
        }\
        """
            .formatted(Berth.ACCOUNT));
    JsonNode put =
        shell.json(
            """
            aws ecr put-registry-policy \\
                --policy-text file://registry_policy.json \\
                --region us-west-2\
            """);
    JsonNode got = shell.json("aws ecr get-registry-policy --region us-west-2");
    assertThat(got).isEqualTo(put);
    assertThat(got.get("policyText").asText()).contains("ReplicationAccessCrossAccount");

    assertThat(shell.json("aws ecr delete-registry-policy --region us-west-2")).isEqualTo(put);
    assertThat(shell.failure("aws ecr get-registry-policy --region us-west-2"))
        .contains("(RegistryPolicyNotFoundException)")
        .contains("Registry policy does not exist in the registry with id '" + Berth.ACCOUNT + "'");
  }

  /** registry-settings-configure.md. */
  @Test
  @Order(10)
  void registrySettings() {
    String rules =
        """
        {
            "rules": [
                {
                    "destinations": [
                        {
                            "region": "us-east-2",
                            "registryId": "%s"
                        }
                    ]
                }
            ]
        }\
        """
            .formatted(Berth.ACCOUNT);
    shell.write("crr-setup.json", rules);
    JsonNode put =
        shell.json(
            """
            aws ecr put-replication-configuration \\
                --replication-configuration file://crr-setup.json \\
                --region us-west-2\
            """);
    assertThat(put.get("replicationConfiguration")).isEqualTo(Shown.text(rules).output());
    JsonNode described = shell.json("aws ecr describe-registry --region us-west-2");
    assertThat(described.get("replicationConfiguration")).isEqualTo(Shown.text(rules).output());
    assertThat(described.get("registryId").asText()).isEqualTo(Berth.ACCOUNT);
  }

  /** push-oci-artifact.md: a chart of Helm is an artifact by the media type of its config. */
  @Test
  @Order(11)
  void ociArtifact() throws IOException {
    shell.run(
        """
        aws ecr create-repository \\
            --repository-name artifact-test \\
            --region us-west-2\
        """);
    push(2, "artifact-test", "mychart");
    Shown.text(
            """
            {
                "imageDetails": [
                    {
                        "registryId": "aws_account_id",
                        "repositoryName": "artifact-test",
                        "imageDigest": "sha256:f23ab9dc0fda33175e465bd694a5f4cade93eaf62715fa9390d",
                        "imageTags": [
                            "mychart"
                        ],
                        "imageSizeInBytes": 3714,
                        "imagePushedAt": 1597433021.0,
                        "imageManifestMediaType": "application/vnd.oci.image.manifest.v1+json",
                        "artifactMediaType": "application/vnd.oci.image.config.v1+json"
                    }
                ]
            }\
            """)
        .assertIn(
            numericTimes(
                "aws ecr describe-images --repository-name artifact-test --region us-west-2"));
  }

  /** vpc-endpoints.md. */
  @Test
  @Order(12)
  void anEndpointOfOnesOwn() {
    JsonNode made =
        shell.json(
            "aws ecr create-repository --repository-name vpc --endpoint-url http://"
                + shell.host(0));
    assertThat(made.at("/repository/repositoryArn").asText()).isEqualTo(ARN + "vpc");
  }

  /** Version 2 of the AWS CLI prints times as text, unless told to print them as they came. */
  private static JsonNode numericTimes(String command) {
    shell.run("aws configure set cli_timestamp_format wire");
    return shell.json(command);
  }

  private static void pushedAmazonLinux(String repository, String... tags) throws IOException {
    shell.run("aws ecr create-repository --repository-name " + repository);
    Image image = Images.in(home).write(repository + ":" + UUID.randomUUID(), 1000);
    try (var client = client(0)) {
      for (String tag : tags) {
        Pushes.push(client, repository, tag, image);
      }
    }
  }

  private static void push(int region, String repository, String tag) throws IOException {
    Image image = Images.in(home).write(repository + ":" + UUID.randomUUID(), 1000);
    try (var client = client(region)) {
      Pushes.push(client, repository, tag, image);
    }
  }

  private static RawClient client(int region) {
    String password = shell.quietly("aws ecr get-login-password --region " + REGIONS.get(region));
    return new RawClient(shell.host(region), "AWS", password);
  }
}
