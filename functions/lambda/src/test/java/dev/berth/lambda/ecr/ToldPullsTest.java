package dev.berth.lambda.ecr;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.berth.core.oci.Digest;
import dev.berth.events.ImagePull;
import dev.berth.registry.outbox.Drainer;
import dev.berth.registry.outbox.RecordingBus;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecr.model.ImageIdentifier;

/** What BatchGetImage tells of, where pulls are told. */
class ToldPullsTest {

  private static final String INDEX =
      "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"manifests\":[],\"annotations\":{\"a\":\"%s\"}}";
  private static final String TYPE = "application/vnd.oci.image.index.v1+json";

  private final SdkRegistry registry = SdkRegistry.tellingPulls();
  private final RecordingBus bus = new RecordingBus();
  private final Drainer drainer =
      new Drainer(registry.table, bus, "us-east-1", "aws.ecr", Clock.systemUTC());

  @BeforeEach
  void createRepository() {
    registry.ecr.createRepository(r -> r.repositoryName("app"));
  }

  @AfterEach
  void close() {
    registry.close();
  }

  private String push(String content, String tag) {
    String manifest = INDEX.formatted(TYPE, content);
    registry.ecr.putImage(
        r ->
            r.repositoryName("app")
                .imageManifest(manifest)
                .imageManifestMediaType(TYPE)
                .imageTag(tag));
    drainer.run();
    bus.take();
    return Digest.sha256(manifest.getBytes(UTF_8)).toString();
  }

  private List<ImagePull> pulled(ImageIdentifier... ids) {
    registry.ecr.batchGetImage(r -> r.repositoryName("app").imageIds(ids));
    drainer.run();
    return bus.take().stream().map(ImagePull.class::cast).toList();
  }

  private static ImageIdentifier tag(String tag) {
    return ImageIdentifier.builder().imageTag(tag).build();
  }

  private static ImageIdentifier digest(String digest) {
    return ImageIdentifier.builder().imageDigest(digest).build();
  }

  @Test
  void eachImageThatIsAnsweredIsToldOnce() {
    String one = push("one", "a");
    String two = push("two", "b");

    List<ImagePull> events =
        pulled(tag("a"), digest(two), tag("gone"), digest(SdkRegistry.MISSING));

    assertThat(events)
        .extracting(ImagePull::imageDigest, ImagePull::imageTag)
        .containsExactlyInAnyOrder(tuple(one, Optional.of("a")), tuple(two, Optional.empty()));
    assertThat(events)
        .allSatisfy(
            event -> assertThat(event.principal()).startsWith("arn:aws:iam::123456789012:"));
  }

  @Test
  void nothingIsToldWhereNothingIsAnswered() {
    assertThat(pulled(tag("gone"))).isEmpty();
  }
}
