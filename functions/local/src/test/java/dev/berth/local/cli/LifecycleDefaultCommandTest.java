package dev.berth.local.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.local.host.DataDirectory;
import dev.berth.local.host.LocalHost;
import dev.berth.local.host.SetupException;
import dev.berth.local.host.TestHosts;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code ./berth lifecycle default}, and the calls that it makes. */
class LifecycleDefaultCommandTest {

  private static final String KEEP_ONE =
      "{\"rules\":[{\"rulePriority\":1,\"selection\":{\"tagStatus\":\"any\",\"countType\":"
          + "\"imageCountMoreThan\",\"countNumber\":1},\"action\":{\"type\":\"expire\"}}]}";

  @TempDir Path data;

  @Test
  void aDefaultIsSetReadAndRemovedBySignedCalls() {
    try (var host = TestHosts.start(data)) {
      EcrCall ecr = EcrCall.of(environment(host));

      assertThatThrownBy(() -> ecr.call("GetRegistryLifecyclePolicy", request()))
          .isInstanceOf(SetupException.class)
          .hasMessage(
              "GetRegistryLifecyclePolicy: LifecyclePolicyNotFoundException: Lifecycle policy does"
                  + " not exist in the registry with id '123456789012'");
      ObjectNode put = request().put("lifecyclePolicyText", KEEP_ONE);
      assertThat(ecr.call("PutRegistryLifecyclePolicy", put).path("registryId").asText())
          .isEqualTo(TestHosts.ACCOUNT);
      assertThat(
              ecr.call("GetRegistryLifecyclePolicy", request())
                  .path("lifecyclePolicyText")
                  .asText())
          .isEqualTo(KEEP_ONE);
      ecr.call("CreateRepository", request().put("repositoryName", "app"));
      ObjectNode app = request().put("repositoryName", "app");
      assertThatThrownBy(() -> ecr.call("GetLifecyclePolicy", app))
          .hasMessageContaining("LifecyclePolicyNotFoundException");
      assertThat(ecr.call("StartLifecyclePolicyPreview", app).path("lifecyclePolicyText").asText())
          .isEqualTo(KEEP_ONE);
      ecr.call("DeleteRegistryLifecyclePolicy", request());
      assertThatThrownBy(() -> ecr.call("DeleteRegistryLifecyclePolicy", request()))
          .hasMessageContaining("LifecyclePolicyNotFoundException");
    }
  }

  @Test
  void whatIsRefusedIsToldInTheDeploymentsWords() {
    try (var host = TestHosts.start(data)) {
      Map<String, String> wrong = environment(host);
      wrong.put("AWS_SECRET_ACCESS_KEY", "another");
      assertThatThrownBy(() -> EcrCall.of(wrong).call("GetRegistryLifecyclePolicy", request()))
          .hasMessageContaining("Signature");
      ObjectNode bad = request().put("lifecyclePolicyText", "{" + " ".repeat(100) + "}");
      assertThatThrownBy(
              () -> EcrCall.of(environment(host)).call("PutRegistryLifecyclePolicy", bad))
          .hasMessageContaining("Lifecycle policy validation failure");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "AWS_ACCESS_KEY_ID, '', AWS_ACCESS_KEY_ID is not set",
    "AWS_ENDPOINT_URL_ECR, '', AWS_ENDPOINT_URL_ECR is not set",
    "AWS_ENDPOINT_URL_ECR, localhost:4510, AWS_ENDPOINT_URL_ECR is no URL",
    "AWS_ENDPOINT_URL_ECR, 'http://a b', AWS_ENDPOINT_URL_ECR is no URL"
  })
  void aMistakeInTheVariablesIsNamed(String name, String value, String message) {
    Map<String, String> environment =
        new HashMap<>(
            Map.of(
                "AWS_ACCESS_KEY_ID", "AKIAEXAMPLE",
                "AWS_SECRET_ACCESS_KEY", "secret",
                "AWS_REGION", "us-east-1",
                "AWS_ENDPOINT_URL_ECR", "http://localhost:1"));
    environment.put(name, value);
    assertThatThrownBy(() -> EcrCall.of(environment))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining(message);
  }

  @Test
  void setAndRemoveExcludeEachOther() {
    var err = new StringWriter();
    int status =
        BerthCommand.commandLine()
            .setErr(new PrintWriter(err))
            .execute("lifecycle", "default", "--set", "x", "--remove");
    assertThat(status).isEqualTo(2);
    assertThat(err.toString()).contains("mutually exclusive");
  }

  private static ObjectNode request() {
    return JsonNodeFactory.instance.objectNode();
  }

  private Map<String, String> environment(LocalHost host) {
    var key = DataDirectory.readRootKeys(data).byAccount().get(TestHosts.ACCOUNT);
    return new HashMap<>(
        Map.of(
            "AWS_ACCESS_KEY_ID", key.accessKeyId(),
            "AWS_SECRET_ACCESS_KEY", key.secretAccessKey(),
            "AWS_REGION", "us-east-1",
            "AWS_ENDPOINT_URL_ECR", host.endpoints().getFirst().url()));
  }
}
