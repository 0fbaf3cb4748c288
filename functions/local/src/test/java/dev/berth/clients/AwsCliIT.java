package dev.berth.clients;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SharedRegistry.class)
class AwsCliIT {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path home;
  private RegistryUnderTest registry;
  private Map<String, String> environment;

  @BeforeEach
  void take(RegistryUnderTest shared) {
    Programs.assumeInstalled("aws");
    registry = shared;
    assumeTrue(shared.awsEnvironment().isPresent(), "this registry has no ECR API");
    environment = shared.awsEnvironment().orElseThrow();
  }

  @Test
  void aRepositoryIsMadeDescribedAndDeleted() throws IOException {
    JsonNode made = ecr("create-repository", "--repository-name", "cli/made").get("repository");
    assertThat(made.get("repositoryArn").asText())
        .isEqualTo(
            "arn:aws:ecr:"
                + environment.get("AWS_REGION")
                + ":"
                + Berth.ACCOUNT
                + ":repository/cli/made");
    assertThat(made.get("repositoryUri").asText()).isEqualTo(registry.host() + "/cli/made");

    JsonNode described = ecr("describe-repositories", "--repository-names", "cli/made");
    assertThat(described.get("repositories")).containsExactly(made);
    ecr("delete-repository", "--repository-name", "cli/made");
    assertThat(failure("describe-repositories", "--repository-names", "cli/made"))
        .contains("RepositoryNotFoundException");
  }

  @Test
  void itsPasswordLogsIn() throws IOException {
    String password = command("get-login-password").quietly().run().strip();
    Programs.assumeInstalled("skopeo");
    Command.in(
            home,
            "skopeo",
            "login",
            "--tls-verify=false",
            "--username",
            "AWS",
            "--password-stdin",
            registry.host())
        .reading(password)
        .run();
  }

  @Test
  void imagesAreListedReadRetaggedAndDeleted() throws IOException {
    registry.createRepository("cli/images");
    Image image = Images.in(home).write("cli:1", 1000);
    try (var client = new RawClient(registry)) {
      Pushes.push(client, "cli/images", "1", image);
    }
    String digest = image.digest().toString();
    JsonNode read = ecrOn("cli/images", "batch-get-image", "--image-ids", "imageTag=1");
    String manifest = read.at("/images/0/imageManifest").asText();
    assertThat(manifest.getBytes(UTF_8)).isEqualTo(image.manifest());

    ecrOn("cli/images", "put-image", "--image-tag", "2", "--image-manifest", manifest);
    JsonNode listed = ecrOn("cli/images", "list-images", "--filter", "tagStatus=TAGGED");
    assertThat(listed.findValuesAsText("imageTag")).containsExactlyInAnyOrder("1", "2");
    JsonNode details = ecrOn("cli/images", "describe-images").get("imageDetails");
    assertThat(details.findValuesAsText("imageDigest")).containsExactly(digest);

    JsonNode deleted =
        ecrOn("cli/images", "batch-delete-image", "--image-ids", "imageDigest=" + digest);
    assertThat(deleted.get("failures")).isEmpty();
    assertThat(ecrOn("cli/images", "list-images").get("imageIds")).isEmpty();
  }

  @Test
  void aRepositoryWithImagesIsDeletedByForceAlone() throws IOException {
    registry.createRepository("cli/full");
    try (var client = new RawClient(registry)) {
      Pushes.push(client, "cli/full", "1", Images.in(home).write("full:1", 1000));
    }
    assertThat(failure("delete-repository", "--repository-name", "cli/full"))
        .contains("RepositoryNotEmptyException");
    ecrOn("cli/full", "delete-repository", "--force");
  }

  private JsonNode ecrOn(String repository, String operation, Object... options)
      throws IOException {
    var all = Stream.concat(Stream.of("--repository-name", repository), Stream.of(options));
    return ecr(operation, all.toArray());
  }

  private JsonNode ecr(String operation, Object... options) throws IOException {
    return JSON.readTree(command(operation, options).run());
  }

  private String failure(String operation, Object... options) {
    Command.Result result = command(operation, options).attempt();
    assertThat(result.status()).as(result.transcript()).isNotZero();
    return result.transcript();
  }

  private Command command(String operation, Object... options) {
    var words =
        List.of(
            "aws",
            "ecr",
            operation,
            "--endpoint-url",
            environment.get("AWS_ENDPOINT_URL_ECR"),
            "--output",
            "json");
    return new Client(home, words).command(options).with(environment);
  }
}
