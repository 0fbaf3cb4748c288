package dev.berth.local.host;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.berth.core.oci.Digest;
import dev.berth.core.oci.MediaTypes;
import dev.berth.events.EcrEvents;
import dev.berth.events.ImagePull;
import dev.berth.local.bus.Consumer;
import dev.berth.local.bus.EventTail;
import dev.berth.local.bus.LocalBus;
import dev.berth.local.bus.Rule;
import dev.berth.local.bus.Rule.Target;
import dev.berth.local.host.RootKeys.RootKey;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.ImageIdentifier;

/** What a client does at one end comes out at the other: an HTTP consumer of a rule. */
@Timeout(120)
class EventsTest {

  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final byte[] LAYER = "a layer's bytes".getBytes(UTF_8);

  /** Of the guide's page "Amazon ECR events and EventBridge". */
  private static final String SAMPLE =
      """
      {"version": "0", "id": "13cde686-328b-6117-af20-0e5566167482",
       "detail-type": "ECR Image Action", "source": "aws.ecr", "account": "123456789012",
       "time": "2019-11-16T01:54:34Z", "region": "us-west-2", "resources": [],
       "detail": {"result": "SUCCESS", "repository-name": "my-repo",
        "image-digest": "sha256:7f5b2640fe6fb4f46592dfd3410c4a79dac4f89e4782432e0378abcd1234",
        "action-type": "PUSH", "image-tag": "latest"}}
      """;

  @TempDir Path data;
  private Consumer consumer;
  private LocalHost host;
  private EcrClient ecr;

  @BeforeEach
  void start() throws Exception {
    consumer = new Consumer();
    host = TestHosts.start(data, List.of(rule()));
    ecr = client();
    ecr.createRepository(r -> r.repositoryName("my-repo"));
  }

  private Rule rule() {
    String pattern = "{\"source\":[\"aws.ecr\",\"dev.berth\"]}";
    return new Rule("hook", pattern, new Target.Url(consumer.url()));
  }

  @AfterEach
  void stop() {
    ecr.close();
    host.close();
    consumer.close();
  }

  @Test
  void aPushReachesAConsumerInTheGuidesShape() throws Exception {
    String digest = push("latest");

    String event = consumer.take();

    JsonNode json = MAPPER.readTree(event);
    JsonNode sample = MAPPER.readTree(SAMPLE);
    assertThat(names(json)).isEqualTo(names(sample));
    assertThat(names(json.path("detail"))).isEqualTo(names(sample.path("detail")));
    for (String same : List.of("version", "detail-type", "source", "account", "resources")) {
      assertThat(json.path(same)).as(same).isEqualTo(sample.path(same));
    }
    for (String same : List.of("result", "repository-name", "action-type", "image-tag")) {
      assertThat(json.path("detail").path(same))
          .as(same)
          .isEqualTo(sample.path("detail").path(same));
    }
    assertThat(json.path("region").textValue()).isEqualTo("us-east-1");
    assertThat(json.path("time").textValue()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
    assertThat(json.path("id").textValue()).matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    assertThat(EcrEvents.read(event).imageDigest()).isEqualTo(digest);
  }

  @Test
  void aDeletionReachesAConsumerAndTheLog() throws Exception {
    String digest = push("latest");
    String pushed = consumer.take();

    ecr.batchDeleteImage(
        r ->
            r.repositoryName("my-repo")
                .imageIds(ImageIdentifier.builder().imageDigest(digest).build()));

    String deleted = consumer.take();
    assertThat(deleted).contains("\"action-type\":\"DELETE\"", "\"image-tag\":\"latest\"");
    host.close();
    assertThat(new EventTail(LocalBus.log(data)).next()).containsExactly(pushed, deleted);
  }

  @Test
  void theImagesOfADeletedRepositoryAreTold() throws Exception {
    String digest = push("latest");
    consumer.take();

    ecr.deleteRepository(r -> r.repositoryName("my-repo").force(true));

    assertThat(consumer.take()).contains("\"action-type\":\"DELETE\"", digest);
  }

  @Test
  void aPullReachesAConsumerWhereItIsWanted() throws Exception {
    String digest = push("latest");
    consumer.take();
    ecr.batchGetImage(r -> r.repositoryName("my-repo").imageIds(id(digest)));
    restart(TestHosts::tellingPulls);

    ecr.batchGetImage(r -> r.repositoryName("my-repo").imageIds(id(digest)));

    var pull = (ImagePull) EcrEvents.read(consumer.take());
    assertThat(pull.imageDigest()).isEqualTo(digest);
    assertThat(pull.principal()).isEqualTo("arn:aws:iam::123456789012:root");
    assertThat(pull.envelope().source()).isEqualTo("dev.berth");
    host.close();
    // the pull before is in no log, either
    assertThat(new EventTail(LocalBus.log(data)).last(10, any -> true)).hasSize(2);
  }

  private static ImageIdentifier id(String digest) {
    return ImageIdentifier.builder().imageDigest(digest).build();
  }

  private void restart(BiFunction<Path, List<Rule>, LocalHost> another) {
    ecr.close();
    host.close();
    host = another.apply(data, List.of(rule()));
    ecr = client();
  }

  private static List<String> names(JsonNode object) {
    return object.propertyStream().map(Map.Entry::getKey).toList();
  }

  private String push(String tag) {
    String upload = ecr.initiateLayerUpload(r -> r.repositoryName("my-repo")).uploadId();
    ecr.uploadLayerPart(
        r ->
            r.repositoryName("my-repo")
                .uploadId(upload)
                .partFirstByte(0L)
                .partLastByte(LAYER.length - 1L)
                .layerPartBlob(SdkBytes.fromByteArray(LAYER)));
    Digest layer = Digest.sha256(LAYER);
    ecr.completeLayerUpload(
        r -> r.repositoryName("my-repo").uploadId(upload).layerDigests(layer.toString()));
    String blob = "{\"mediaType\":\"%s\",\"digest\":\"" + layer + "\",\"size\":" + LAYER.length;
    String manifest =
        "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"config\":%s},\"layers\":[%s}]}"
            .formatted(
                MediaTypes.OCI_IMAGE,
                blob.formatted(MediaTypes.OCI_CONFIG),
                blob.formatted(MediaTypes.OCI_LAYER));
    return ecr.putImage(r -> r.repositoryName("my-repo").imageManifest(manifest).imageTag(tag))
        .image()
        .imageId()
        .imageDigest();
  }

  private EcrClient client() {
    RootKey key = DataDirectory.readRootKeys(data).byAccount().get(TestHosts.ACCOUNT);
    return EcrClient.builder()
        .endpointOverride(URI.create(host.endpoints().getFirst().url()))
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create(key.accessKeyId(), key.secretAccessKey())))
        .build();
  }
}
