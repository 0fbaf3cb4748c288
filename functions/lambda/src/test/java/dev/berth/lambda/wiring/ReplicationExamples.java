package dev.berth.lambda.wiring;

import static dev.berth.lambda.wiring.TestDeployment.ACCOUNT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.core.audit.CallError;
import dev.berth.core.oci.Digest;
import dev.berth.lambda.wiring.TestDeployment.Answer;
import dev.berth.lambda.wiring.TestDeployment.Client;
import dev.berth.registry.image.Registry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** What other registries call, and what they have. */
abstract class ReplicationExamples {

  static final ObjectMapper JSON = new ObjectMapper();
  static final String SOURCE_REGION = "eu-west-1";
  static final String LINK = "https://store.example/layers/";
  static final byte[] CONFIG = "config".getBytes(UTF_8);
  static final byte[] LAYER = "layer".getBytes(UTF_8);
  static final String MANIFEST = Registry.manifest(Digest.sha256(CONFIG), Digest.sha256(LAYER), "");

  final TestDeployment deployment = new TestDeployment();
  final Client peer = deployment.peer(ACCOUNT, SOURCE_REGION);
  final Map<String, byte[]> remote =
      Map.of(Digest.sha256(CONFIG).hex(), CONFIG, Digest.sha256(LAYER).hex(), LAYER);
  final List<URI> fetched = new ArrayList<>();

  ReplicationExamples() {
    deployment.downloads =
        (link, offset, size) -> {
          fetched.add(link);
          byte[] bytes = remote.get(link.getPath().substring("/layers/".length()));
          if (bytes == null) {
            throw new IOException("https://store.example answers 404");
          }
          return new ByteArrayInputStream(Arrays.copyOfRange(bytes, (int) offset, bytes.length));
        };
  }

  static ObjectNode image(String manifest) {
    return JSON.createObjectNode()
        .put("registryId", ACCOUNT)
        .put("repositoryName", "team/app")
        .put("sourceRegion", SOURCE_REGION)
        .put("imageDigest", Digest.sha256(manifest.getBytes(UTF_8)).toString())
        .put("imageManifest", manifest)
        .put("imageManifestMediaType", "application/vnd.oci.image.manifest.v1+json")
        .put("imageTag", "latest");
  }

  static ObjectNode layer(byte[] bytes) {
    Digest digest = Digest.sha256(bytes);
    return JSON.createObjectNode()
        .put("registryId", ACCOUNT)
        .put("repositoryName", "team/app")
        .put("sourceRegion", SOURCE_REGION)
        .put("layerDigest", digest.toString())
        .put("layerSize", bytes.length)
        .put("layerUrl", LINK + digest.hex() + "?signature=secret");
  }

  static Answer replicate(Client by, ObjectNode image) {
    return by.call("ReplicateImage", image.toString());
  }

  static Answer bring(Client by, ObjectNode layer) {
    return by.call("ReplicateLayer", layer.toString());
  }

  static void assertRefused(Answer answer, String code, String message) {
    assertThat(answer.json().path("__type").asText()).as(answer.text()).isEqualTo(code);
    assertThat(answer.json().path("message").asText()).contains(message);
    answer.is(400);
  }

  List<String> recorded() {
    return deployment.audited.stream()
        .map(
            event ->
                event.eventName() + event.error().map(CallError::code).map(" "::concat).orElse(""))
        .toList();
  }

  List<String> told() {
    return deployment.table.all().stream()
        .filter(item -> item.key().partition().startsWith("O#"))
        .map(item -> item.text("kind"))
        .toList();
  }

  /** The guide's, for one account. */
  void registryPolicy(String actions, String repositories) {
    deployment
        .root(ACCOUNT)
        .call("PutRegistryPolicy", policy("arn:aws:iam::111122223333:root", actions, repositories))
        .is(200);
  }

  static String policy(String principal, String actions, String repositories) {
    String text =
        """
        {
        "Version":"2012-10-17",
        "Statement":[
        {
        "Sid":"ReplicationAccessCrossAccount",
        "Effect":"Allow",
        "Principal":{
        "AWS":"%s"
        },
        "Action":[
        %s
        ],
        "Resource": [
        "arn:aws:ecr:us-east-1:123456789012:repository/%s"
        ]
        }
        ]
        }\
        """
            .formatted(principal, actions.replace('\'', '"'), repositories);
    return JSON.createObjectNode().put("policyText", text).toString();
  }
}
