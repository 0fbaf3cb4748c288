package dev.berth.lambda.wiring;

import static dev.berth.lambda.wiring.TestDeployment.ACCOUNT;
import static dev.berth.lambda.wiring.TestDeployment.OTHER;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.core.audit.AuditJson;
import dev.berth.core.audit.AuditRecord;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a registry does for others that replicate into it. */
class ReplicationOperationsTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SOURCE_REGION = "eu-west-1";
  private static final String LINK = "https://store.example/layers/";
  private static final byte[] CONFIG = "config".getBytes(UTF_8);
  private static final byte[] LAYER = "layer".getBytes(UTF_8);
  private static final String MANIFEST =
      Registry.manifest(Digest.sha256(CONFIG), Digest.sha256(LAYER), "");

  private final TestDeployment deployment = new TestDeployment();
  private final Client peer = deployment.peer(ACCOUNT, SOURCE_REGION);
  private final Map<String, byte[]> remote =
      Map.of(Digest.sha256(CONFIG).hex(), CONFIG, Digest.sha256(LAYER).hex(), LAYER);
  private final List<URI> fetched = new ArrayList<>();

  ReplicationOperationsTest() {
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

  private static Answer replicate(Client by, ObjectNode image) {
    return by.call("ReplicateImage", image.toString());
  }

  private static Answer bring(Client by, ObjectNode layer) {
    return by.call("ReplicateLayer", layer.toString());
  }

  private static void assertRefused(Answer answer, String code, String message) {
    assertThat(answer.json().path("__type").asText()).as(answer.text()).isEqualTo(code);
    assertThat(answer.json().path("message").asText()).contains(message);
    answer.is(400);
  }

  private List<String> recorded() {
    return deployment.audited.stream()
        .map(
            event ->
                event.eventName() + event.error().map(CallError::code).map(" "::concat).orElse(""))
        .toList();
  }

  private List<String> told() {
    return deployment.table.all().stream()
        .filter(item -> item.key().partition().startsWith("O#"))
        .map(item -> item.text("kind"))
        .toList();
  }

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
    var secret = TestDeployment.peerSecretOf(new byte[] {1});
    assertRefused(
        replicate(deployment.peer(secret, ACCOUNT, SOURCE_REGION), image(MANIFEST)),
        "UnrecognizedClientException",
        "");
    Client withoutRole =
        deployment.peer(TestDeployment.peerSecretOf(), "999999999999", SOURCE_REGION);
    assertRefused(replicate(withoutRole, image(MANIFEST)), "UnrecognizedClientException", "");
    assertThat(deployment.audited).isEmpty();
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

  /** The guide's, for one account. */
  private void registryPolicy(String actions, String repositories) {
    deployment
        .root(ACCOUNT)
        .call("PutRegistryPolicy", policy("arn:aws:iam::111122223333:root", actions, repositories))
        .is(200);
  }

  private static String policy(String principal, String actions, String repositories) {
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

  @Test
  void theSourceIsWhatTheCredentialsSay() {
    assertRefused(
        replicate(peer, image(MANIFEST).put("sourceRegion", "us-west-2")),
        "InvalidParameterException",
        "Invalid parameter at 'sourceRegion' failed to satisfy constraint: 'must be the region of"
            + " the credentials'");
    ObjectNode elsewhere = layer(LAYER);
    elsewhere.remove("layerUrl");
    replicate(peer, image(MANIFEST)).is(200);
    assertRefused(bring(peer, elsewhere), "InvalidParameterException", "'layerUrl'");
    assertRefused(
        replicate(
            deployment.peer(ACCOUNT, "us-east-1"),
            image(MANIFEST).put("sourceRegion", "us-east-1")),
        "InvalidParameterException",
        "'registryId'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://store.example/secret",
        "file:///etc/secret",
        "jar:file:///a.jar!/secret",
        "HTTP ://secret",
        "//store.example/secret",
        "/secret",
        "secret",
        "https:///secret",
        "https://user:secret@store.example/",
        "https://store.example/#secret",
        "https://store.example:99999/secret",
        "https://store.example/\\nsecret"
      })
  void aUrlThatIsNoneForALayerIsRefusedWithoutBeingRepeated(String url) {
    replicate(peer, image(MANIFEST)).is(200);
    Answer answer = bring(peer, layer(LAYER).put("layerUrl", url));
    assertRefused(answer, "InvalidParameterException", "'layerUrl'");
    assertThat(answer.text()).doesNotContain("secret");
    assertThat(fetched).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'layerSize':-1}",
        "{'layerSize':'5'}",
        "{'layerSize':1.5}",
        "{'layerSize':99999999999999999999}",
        "{'layerSize':9223372036854775807}",
        "{'layerSize':null}",
        "{'layerDigest':'sha256:12'}",
        "{'layerDigest':'../../etc'}",
        "{'layerDigest':null}",
        "{'repositoryName':'../x'}",
        "{'repositoryName':null}",
        "{'registryId':'1'}",
        "{'registryId':null}",
        "{'sourceRegion':'eu-west-1/../'}",
        "{'sourceRegion':''}",
        "{'sourceRegion':null}",
        "{'layerUrl':5}",
        "{'layerUrl':''}",
        "{'layerUrl':{'a':'https://h/?secret'}}",
        "{'layerUrl':['https://h/?secret']}"
      })
  void whatMakesNoSenseIsRefused(String members) throws IOException {
    replicate(peer, image(MANIFEST)).is(200);
    ObjectNode request = layer(LAYER);
    request.setAll((ObjectNode) JSON.readTree(members.replace('\'', '"')));

    Answer answer = bring(peer, request);

    answer.is(400);
    assertThat(answer.json().path("__type").asText())
        .isIn("InvalidParameterException", "SerializationException", "LimitExceededException");
    assertThat(fetched).isEmpty();
    assertThat(new String(AuditJson.line(deployment.audited.getLast()), UTF_8))
        .doesNotContain("secret");
  }

  @Test
  void aManifestThatIsNotWhatItIsSaidToBeIsRefused() {
    assertRefused(
        replicate(peer, image(MANIFEST).put("imageManifest", MANIFEST + " ")),
        "ImageDigestDoesNotMatchException",
        "");
    assertRefused(replicate(peer, image("{}")), "InvalidParameterException", "'imageManifest'");
    assertRefused(
        replicate(peer, image(MANIFEST).put("imageDigest", "sha256:1")),
        "InvalidParameterException",
        "'imageDigest'");
    assertRefused(
        replicate(peer, image(MANIFEST).put("imageTag", "-")),
        "InvalidParameterException",
        "'imageTag'");
  }

  @Test
  void aSourceThatFailsIsSaidWithoutTheLinksSecret() {
    replicate(peer, image(MANIFEST)).is(200);
    ObjectNode gone = layer(LAYER).put("layerUrl", LINK + "gone?signature=secret");

    Answer answer = bring(peer, gone);

    assertRefused(
        answer,
        "UnableToGetUpstreamLayerException",
        "cannot be fetched: https://store.example answers 404");
    AuditRecord record = deployment.audited.getLast();
    assertThat(answer.text() + new String(AuditJson.line(record), UTF_8))
        .doesNotContain("signature", "secret");
  }

  @Test
  void aLayerForARepositoryThatIsNotThereIsRefused() {
    assertRefused(bring(peer, layer(LAYER)), "RepositoryNotFoundException", "'team/app'");
  }
}
