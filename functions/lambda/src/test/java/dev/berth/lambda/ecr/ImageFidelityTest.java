package dev.berth.lambda.ecr;

import static dev.berth.lambda.ecr.SdkRegistry.assertRefused;
import static dev.berth.lambda.ecr.SdkRegistry.byDigest;
import static dev.berth.lambda.ecr.SdkRegistry.byTag;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.oci.Digest;
import dev.berth.core.oci.MediaTypes;
import dev.berth.registry.image.Registry;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.ImageAlreadyExistsException;
import software.amazon.awssdk.services.ecr.model.ImageDetail;
import software.amazon.awssdk.services.ecr.model.ImageIdentifier;
import software.amazon.awssdk.services.ecr.model.TagStatus;

/** What ECR says of images, and what becomes of them when they are put again. */
class ImageFidelityTest {

  private static final String CHART = "application/vnd.cncf.helm.config.v1+json";

  private final SdkRegistry registry = new SdkRegistry();
  private final EcrClient ecr = registry.ecr;

  @BeforeEach
  void createRepository() {
    registry.create("app");
  }

  @AfterEach
  void close() {
    registry.close();
  }

  @Test
  void anIndexIsAsLargeAsItsLargestMember() {
    Digest small = registry.image("app", "small");
    String manifest = registry.manifest("app", "large").replace("\"size\":90", "\"size\":9000");
    put(manifest, "large");
    String index = Registry.index(small, SdkRegistry.digest(manifest));
    put(index, "index");

    assertThat(describe("index").imageSizeInBytes()).isEqualTo(9010);
    assertThat(describe("index").imageManifestMediaType()).isEqualTo(MediaTypes.OCI_INDEX);
    assertThat(describe("index").artifactMediaType()).isNull();
    put(Registry.index(SdkRegistry.digest(index), small), "nested");
    assertThat(describe("nested").imageSizeInBytes()).isEqualTo(9010);
  }

  /** Guide, "Pushing a Helm chart". */
  @Test
  void anArtifactSaysWhatItIs() {
    put(registry.manifest("app", "chart").replace(MediaTypes.OCI_CONFIG, CHART), "chart");
    put(
        registry
            .manifest("app", "typed")
            .replace(
                "{\"schemaVersion\":2", "{\"artifactType\":\"text/plain\",\"schemaVersion\":2"),
        "typed");

    assertThat(describe("chart").artifactMediaType()).isEqualTo(CHART);
    assertThat(describe("typed").artifactMediaType()).isEqualTo("text/plain");
  }

  /** Guide, "Retagging an image". */
  @Test
  void aRetagLeavesEverythingButTheTagsAsItIs() {
    registry.image("app", "one", "latest");
    ImageDetail before = describe("latest");

    var image = ecr.batchGetImage(r -> r.repositoryName("app").imageIds(byTag("latest")));
    ImageDetail pulled = describe("latest");
    put(image.images().getFirst().imageManifest(), "2017.03");

    assertThat(describe("2017.03"))
        .isEqualTo(pulled.toBuilder().imageTags("2017.03", "latest").build());
    assertThat(pulled)
        .isEqualTo(before.toBuilder().lastRecordedPullTime(pulled.lastRecordedPullTime()).build());
    assertThat(pulled.lastRecordedPullTime()).isAfterOrEqualTo(before.imagePushedAt());
  }

  @Test
  void theSameImageUnderAnImmutableTagIsSaidToExist() {
    ecr.putImageTagMutability(r -> r.repositoryName("app").imageTagMutability("IMMUTABLE"));
    String manifest = registry.manifest("app", "one");
    put(manifest, "v1");

    assertRefused(
        ImageAlreadyExistsException.class,
        "Image with digest '%s' and tag 'v1' already exists in the repository with name 'app' in registry with id '123456789012'"
            .formatted(SdkRegistry.digest(manifest)),
        () -> put(manifest, "v1"));
    put(manifest, "v2");
    assertThat(describe("v1").imageTags()).containsExactly("v1", "v2");
  }

  @ParameterizedTest
  @EnumSource(
      value = TagStatus.class,
      names = {"TAGGED", "UNTAGGED", "ANY"})
  void everyFilterHoldsForPagesOfEverySize(TagStatus status) {
    Digest two = registry.image("app", "two", "a", "b");
    Digest none = registry.image("app", "none");
    Digest one = registry.image("app", "one", "c");
    Digest nothing = registry.image("app", "nothing");
    List<ImageIdentifier> tagged =
        List.of(
            SdkRegistry.byBoth(two, "a"),
            SdkRegistry.byBoth(two, "b"),
            SdkRegistry.byBoth(one, "c"));
    List<ImageIdentifier> untagged = List.of(byDigest(none), byDigest(nothing));
    List<ImageIdentifier> wanted =
        switch (status) {
          case TAGGED -> tagged;
          case UNTAGGED -> untagged;
          default -> Stream.concat(tagged.stream(), untagged.stream()).toList();
        };
    List<String> digests = wanted.stream().map(ImageIdentifier::imageDigest).distinct().toList();

    for (int size : new int[] {1, 2, 3, 4, 5, 1000}) {
      assertThat(
              ecr.listImagesPaginator(
                      r ->
                          r.repositoryName("app").maxResults(size).filter(f -> f.tagStatus(status)))
                  .imageIds())
          .as("ids in pages of %d", size)
          .containsExactlyInAnyOrderElementsOf(wanted);
      assertThat(
              ecr.describeImagesPaginator(
                      r ->
                          r.repositoryName("app").maxResults(size).filter(f -> f.tagStatus(status)))
                  .imageDetails())
          .as("images in pages of %d", size)
          .extracting(ImageDetail::imageDigest)
          .containsExactlyInAnyOrderElementsOf(digests);
    }
  }

  /** Names follow the wire model, which is wider than the guide. */
  @ParameterizedTest
  @ValueSource(strings = {"1app", "2.0/app", "a.b-c_d/e__f/9", "00"})
  void namesHaveDigitsAndDots(String name) {
    var repository = ecr.createRepository(r -> r.repositoryName(name)).repository();
    registry.image(name, "one", "v1");

    assertThat(repository.repositoryArn())
        .isEqualTo("arn:aws:ecr:us-east-1:123456789012:repository/" + name);
    assertThat(repository.repositoryUri()).isEqualTo(SdkRegistry.HOST + "/" + name);
    assertThat(ecr.listImages(r -> r.repositoryName(name)).imageIds()).hasSize(1);
    assertThat(ecr.listTagsForResource(r -> r.resourceArn(repository.repositoryArn())).hasTags())
        .isTrue();
  }

  private void put(String manifest, String tag) {
    ecr.putImage(r -> r.repositoryName("app").imageManifest(manifest).imageTag(tag));
  }

  private ImageDetail describe(String tag) {
    return ecr.describeImages(r -> r.repositoryName("app").imageIds(byTag(tag)))
        .imageDetails()
        .getFirst();
  }
}
