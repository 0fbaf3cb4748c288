package dev.berth.lambda.wiring;

import static dev.berth.lambda.wiring.TestDeployment.ACCOUNT;
import static dev.berth.lambda.wiring.TestDeployment.OTHER;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.core.audit.AuditJson;
import dev.berth.core.oci.Digest;
import dev.berth.lambda.wiring.TestDeployment.Client;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a registry does for others that replicate into it. */
class ReplicationOperationsTest extends ReplicationExamples {
  @Test
  void anImageArrivesWithItsRepositoryAndItsLayers() {
    JsonNode first = replicate(peer, image(MANIFEST)).is(200).json();
    assertThat(first.path("complete").asBoolean()).isFalse();
    assertThat(first.at("/missing/images")).isEmpty();
    assertThat(first.at("/missing/layers"))
        .extracting(JsonNode::asText)
        .containsExactly(Digest.sha256(CONFIG).toString(), Digest.sha256(LAYER).toString());

    for (byte[] bytes : List.of(CONFIG, LAYER)) {
      assertThat(bring(peer, layer(bytes)).is(200).text())
          .isEqualTo(
              "{\"layerDigest\":\"%s\",\"received\":%d,\"complete\":true}"
                  .formatted(Digest.sha256(bytes), bytes.length));
    }
    JsonNode last = replicate(peer, image(MANIFEST)).is(200).json();

    assertThat(last.path("complete").asBoolean()).isTrue();
    assertThat(last.at("/imageId/imageTag").asText()).isEqualTo("latest");
    assertThat(told()).containsExactly("replicate");
    deployment
        .root(ACCOUNT)
        .call("BatchGetImage", "{'repositoryName':'team/app','imageIds':[{'imageTag':'latest'}]}")
        .is(200);
    JsonNode repository =
        deployment
            .root(ACCOUNT)
            .call("DescribeRepositories", "{'repositoryNames':['team/app']}")
            .json()
            .at("/repositories/0");
    assertThat(repository.path("imageTagMutability").asText()).isEqualTo("MUTABLE");
    assertThat(repository.at("/encryptionConfiguration/encryptionType").asText())
        .isEqualTo("AES256");
    assertThat(repository.at("/imageScanningConfiguration/scanOnPush").asBoolean()).isFalse();
  }

  @Test
  void aServerIsWaitedForOnAThreadThatCanBeBrokenOff() {
    deployment.downloads =
        (link, offset, size) -> {
          throw new IOException("virtual: " + Thread.currentThread().isVirtual());
        };
    replicate(peer, image(MANIFEST)).is(200);
    assertRefused(bring(peer, layer(LAYER)), "UnableToGetUpstreamLayerException", "virtual: true");
  }

  @Test
  void theSameOnceMoreIsASuccessAndToldOnce() {
    arrived();
    arrived();

    assertThat(told()).containsExactly("replicate");
    assertThat(fetched).hasSize(2);
  }

  private void arrived() {
    replicate(peer, image(MANIFEST)).is(200);
    bring(peer, layer(CONFIG)).is(200);
    bring(peer, layer(LAYER)).is(200);
    assertThat(replicate(peer, image(MANIFEST)).is(200).json().path("complete").asBoolean())
        .isTrue();
  }

  @Test
  void aTagThatMayNotMoveIsLeftOff() {
    arrived();
    deployment
        .root(ACCOUNT)
        .call(
            "PutImageTagMutability",
            "{'repositoryName':'team/app','imageTagMutability':'IMMUTABLE'}")
        .is(200);
    String other = MANIFEST.replace("\"size\":90", "\"size\":91");

    JsonNode answer = replicate(peer, image(other)).is(200).json();

    assertThat(answer.path("complete").asBoolean()).isTrue();
    assertThat(answer.path("imageId").has("imageTag")).isFalse();
  }

  @Test
  void whatIsCalledIsRecordedWithoutTheLinksSecret() {
    replicate(peer, image(MANIFEST));
    bring(peer, layer(LAYER));

    assertThat(recorded()).containsExactly("CreateRepository", "ReplicateImage", "ReplicateLayer");
    List<String> lines =
        deployment.audited.stream().map(event -> new String(AuditJson.line(event), UTF_8)).toList();
    assertThat(lines)
        .allSatisfy(
            line ->
                assertThat(line)
                    .contains(
                        "\"type\":\"AssumedRole\"",
                        ":assumed-role/AWSServiceRoleForECRReplication/ecr-replication",
                        "\"ARN\":\"arn:aws:ecr:us-east-1:123456789012:repository/team/app\"")
                    .doesNotContain("signature", "secret"));
    assertThat(lines.getLast()).contains("\"layerUrl\":\"" + LINK);
    assertThat(lines.get(1)).contains("\"imageManifest\":");
    assertThat(deployment.audited.getFirst().responseElements().orElseThrow().at("/repository"))
        .isNotEmpty();
  }

  @Test
  void aLayerOfThisDeploymentIsCopiedFromTheCallersOwnRegistry() {
    registryPolicy("'ecr:CreateRepository','ecr:ReplicateImage'", "*");
    Client other = deployment.peer(OTHER, "us-east-1");
    ObjectNode here = layer(LAYER).put("sourceRegion", "us-east-1");
    here.remove("layerUrl");
    replicate(other, image(MANIFEST).put("sourceRegion", "us-east-1")).is(200);
    assertRefused(
        bring(other, here), "LayersNotFoundException", "the registry with id '111122223333'");

    deployment.root(OTHER).call("CreateRepository", "{'repositoryName':'team/app'}").is(200);
    assertRefused(
        bring(other, here), "LayersNotFoundException", "the registry with id '111122223333'");
    push(deployment.root(OTHER));
    JsonNode answer = bring(other, here).is(200).json();

    assertThat(answer.path("complete").asBoolean()).isTrue();
    assertThat(deployment.objects.keys())
        .hasSize(2)
        .anyMatch(key -> key.startsWith("layers/123456789012/"))
        .anyMatch(key -> key.startsWith("layers/111122223333/"));
    assertThat(fetched).isEmpty();
  }

  private static void push(Client client) {
    String app = "'repositoryName':'team/app'";
    String id =
        client
            .call("InitiateLayerUpload", "{" + app + "}")
            .is(200)
            .json()
            .path("uploadId")
            .asText();
    client
        .call(
            "UploadLayerPart",
            "{%s,'uploadId':'%s','partFirstByte':0,'partLastByte':4,'layerPartBlob':'bGF5ZXI='}"
                .formatted(app, id))
        .is(200);
    client
        .call(
            "CompleteLayerUpload",
            "{%s,'uploadId':'%s','layerDigests':['%s']}".formatted(app, id, Digest.sha256(LAYER)))
        .is(200);
  }
}
