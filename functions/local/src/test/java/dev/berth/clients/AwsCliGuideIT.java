package dev.berth.clients;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The {@code aws ecr} commands that ECR's guide prints about images, page by page as a reader would
 * type them, with the guide's placeholders filled in and what it shows expected. Images are pushed
 * with plain requests where the guide uses Docker.
 */
@ExtendWith(GuideServer.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AwsCliGuideIT {

  private static final String LIST = "application/vnd.docker.distribution.manifest.list.v2+json";

  private GuideShell shell;

  @BeforeEach
  void sit(GuideShell shell) {
    this.shell = shell;
  }

  /** Steps 2 to 7. */
  @Test
  @Order(1)
  @Walks({
    "getting-started-cli.md: get-login-password, create-repository",
    "getting-started-cli.md: batch-delete-image, delete-repository"
  })
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
    shell.push(0, "hello-world", "latest");
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
    shell.push(0, "hello-world", "latest");
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

  /** "Using HTTP API authentication". */
  @Test
  @Order(2)
  @Walks("registry_auth.md: get-login-password, get-authorization-token")
  void registryAuthentication() throws IOException {
    pushed("amazonlinux", "latest", "2017.09");
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

  /** Prints what to log in with; version 2 of the AWS CLI has no such command any more. */
  @Test
  @Order(3)
  @Walks({"registry_auth.md: get-login", "common-errors.md: get-login"})
  void loginOfTheFormerKind() {
    assumeTrue(shell.run("command aws --version").startsWith("aws-cli/1."), "no get-login here");
    assertThat(shell.quietly("aws ecr get-login --region us-east-1 --no-include-email"))
        .matches("docker login -u AWS -p \\S+ http://" + shell.host(0) + "\\S*");
  }

  /** The registry of Amazon Linux is another account's, and not here. */
  @Test
  @Order(4)
  @Walks("amazon_linux_container_image.md: get-login-password, list-images")
  void anotherAccountsRegistry() {
    assertThat(shell.quietly("aws ecr get-login-password --region us-east-1")).isNotEmpty();
    assertThat(
            shell.failure(
                "aws ecr list-images --region us-east-1 --registry-id 137112412989"
                    + " --repository-name amazonlinux"))
        .contains("(AccessDeniedException)")
        .contains("is not authorized to perform: ecr:ListImages on resource:")
        .contains("arn:aws:ecr:us-east-1:137112412989:repository/amazonlinux");
  }

  @Test
  @Order(5)
  @Walks({
    "docker-pull-ecr-image.md: describe-repositories, describe-images",
    "image-retag.md: batch-get-image, put-image, describe-images"
  })
  void pullAndRetag() throws IOException {
    pushed("amazonlinux", "latest");
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
        .assertIn(shell.json("aws ecr describe-images --repository-name amazonlinux"));
    shell.run("aws ecr delete-repository --repository-name amazonlinux --force");
  }

  /** Docker's part, a manifest list of two images, is put as it is. */
  @Test
  @Order(6)
  @Walks("docker-push-multi-architecture-image.md: describe-images")
  void multiArchitectureImage() throws IOException {
    pushed("my-web-app", "image_one_tag");
    shell.push(0, "my-web-app", "image_two");
    String described = "aws ecr describe-images --repository-name my-web-app";
    JsonNode images = shell.json(described).get("imageDetails");
    assertThat(images.findValues("imageTags").toString()).contains("image_one_tag", "image_two");

    String list =
        images
            .valueStream()
            .map(
                image ->
                    "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":1}"
                        .formatted(
                            image.get("imageManifestMediaType").asText(),
                            image.get("imageDigest").asText()))
            .collect(
                joining(
                    ",",
                    "{\"schemaVersion\":2,\"mediaType\":\"" + LIST + "\",\"manifests\":[",
                    "]}"));
    shell.write("list.json", list);
    shell.run(
        "aws ecr put-image --repository-name my-web-app --image-tag latest"
            + " --image-manifest file://list.json");
    assertThat(shell.json(described).findValuesAsText("imageManifestMediaType"))
        .containsExactlyInAnyOrder(LIST, RawClient.OCI_MANIFEST, RawClient.OCI_MANIFEST);
  }

  @Test
  @Order(7)
  @Walks("delete_image.md: list-images, batch-delete-image")
  void deleteAnImage() throws IOException {
    pushed("my-repo", "latest", "other");
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

  @Test
  @Order(8)
  @Walks("image-tag-mutability.md: create-repository, put-image-tag-mutability")
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
    shell.push(1, "name", "1");
    shell.push(1, "name", "2");
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

  /** A chart of Helm is an artifact by the media type of its config. */
  @Test
  @Order(9)
  @Walks({
    "push-oci-artifact.md: create-repository, get-login-password, describe-images",
    "ECR_on_EKS.md: get-login-password"
  })
  void ociArtifact() throws IOException {
    shell.run(
        """
        aws ecr create-repository \\
            --repository-name artifact-test \\
            --region us-west-2\
        """);
    String password =
        shell.quietly(
            """
            aws ecr get-login-password \\
                --region us-west-2\
            """);
    assertThat(password).isNotEmpty();
    shell.push(2, "artifact-test", "mychart");
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
            shell.json(
                "aws ecr describe-images --repository-name artifact-test --region us-west-2"));
  }

  private void pushed(String repository, String... tags) throws IOException {
    shell.run("aws ecr create-repository --repository-name " + repository);
    shell.push(0, repository, tags);
  }
}
