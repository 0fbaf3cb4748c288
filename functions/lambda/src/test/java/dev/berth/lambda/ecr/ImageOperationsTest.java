package dev.berth.lambda.ecr;

import static dev.berth.lambda.ecr.SdkRegistry.ACCOUNT;
import static dev.berth.lambda.ecr.SdkRegistry.MISSING;
import static dev.berth.lambda.ecr.SdkRegistry.assertInvalid;
import static dev.berth.lambda.ecr.SdkRegistry.byBoth;
import static dev.berth.lambda.ecr.SdkRegistry.byDigest;
import static dev.berth.lambda.ecr.SdkRegistry.byTag;
import static dev.berth.lambda.ecr.SdkRegistry.digest;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.oci.Digest;
import dev.berth.core.oci.ManifestReader;
import dev.berth.core.oci.MediaTypes;
import dev.berth.registry.image.Registry;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.AbstractListAssert;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.BatchDeleteImageResponse;
import software.amazon.awssdk.services.ecr.model.BatchGetImageResponse;
import software.amazon.awssdk.services.ecr.model.Image;
import software.amazon.awssdk.services.ecr.model.ImageFailure;
import software.amazon.awssdk.services.ecr.model.ImageFailureCode;
import software.amazon.awssdk.services.ecr.model.ImageIdentifier;
import software.amazon.awssdk.services.ecr.model.LimitExceededException;

/** BatchGetImage and BatchDeleteImage. */
class ImageOperationsTest {

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
  void anImageIsFoundByTagByDigestAndByBoth() {
    Digest image = registry.image("app", "one", "v1");

    BatchGetImageResponse answer = get(byTag("v1"), byDigest(image), byBoth(image, "v1"));

    assertThat(answer.failures()).isEmpty();
    assertThat(answer.images())
        .extracting(Image::imageId)
        .containsExactly(byBoth(image, "v1"), byDigest(image), byBoth(image, "v1"));
    assertThat(answer.images())
        .allSatisfy(
            found -> {
              assertThat(digest(found.imageManifest())).isEqualTo(image);
              assertThat(found.imageManifestMediaType()).isEqualTo(MediaTypes.OCI_IMAGE);
              assertThat(found.registryId()).isEqualTo(ACCOUNT);
              assertThat(found.repositoryName()).isEqualTo("app");
            });
  }

  @Test
  void anImageThatIsNamedTwiceAlikeIsAnsweredOnce() {
    registry.image("app", "one", "v1");

    assertThat(get(byTag("v1"), byTag("v1")).images()).hasSize(1);
    assertThat(get(byTag("none"), byTag("none")).failures()).hasSize(1);
  }

  @Test
  void manifestsOfAnAnswerHaveAsManyBytesAsOneMayHave() {
    Digest layer = registry.layer("app", "layer");
    int half = ManifestReader.MAX_BYTES / 2;
    for (int bytes : new int[] {half, half - 1, half + 1}) {
      String manifest = SdkRegistry.manifestOf(bytes, layer);
      ecr.putImage(r -> r.repositoryName("app").imageManifest(manifest).imageTag("v" + bytes));
    }
    ImageIdentifier larger = byTag("v" + (half + 1));

    assertThat(get(larger, byTag("v" + (half - 1))).images()).hasSize(2);
    SdkRegistry.assertRefused(
        LimitExceededException.class,
        "The manifests of the images have more than 4194304 bytes: ask for fewer images at a time.",
        () -> get(larger, byTag("v" + half)));
  }

  @Test
  void whatIsFoundIsAnsweredBesideWhatIsNot() {
    Digest image = registry.image("app", "one", "v1");
    registry.image("app", "two", "v2");
    ImageIdentifier nothing = ImageIdentifier.builder().build();

    List<ImageIdentifier> wrong = new ArrayList<>();
    wrong.add(byTag("none"));
    wrong.add(byDigest(MISSING));
    wrong.add(nothing);
    wrong.add(byDigest("sha256:1"));
    wrong.add(byTag("a b"));
    wrong.add(byBoth(image, "v2"));
    wrong.add(byBoth(image, "none"));
    List<ImageIdentifier> all = new ArrayList<>(wrong);
    all.add(byTag("v1"));

    BatchGetImageResponse got = get(all.toArray(ImageIdentifier[]::new));
    BatchDeleteImageResponse deleted = delete(all.toArray(ImageIdentifier[]::new));

    assertThat(got.images()).extracting(Image::imageId).containsExactly(byBoth(image, "v1"));
    assertThat(deleted.imageIds()).containsExactly(byBoth(image, "v1"));
    for (List<ImageFailure> failures : List.of(got.failures(), deleted.failures())) {
      assertThat(failures)
          .extracting(ImageFailure::imageId)
          .containsExactlyInAnyOrderElementsOf(wrong);
      assertReason(failures, byTag("none"), ImageFailureCode.IMAGE_NOT_FOUND)
          .isEqualTo("Requested image not found");
      assertReason(failures, byDigest(MISSING), ImageFailureCode.IMAGE_NOT_FOUND)
          .isEqualTo("Requested image not found");
      assertReason(failures, byBoth(image, "none"), ImageFailureCode.IMAGE_NOT_FOUND)
          .isEqualTo("Requested image not found");
      assertReason(failures, nothing, ImageFailureCode.MISSING_DIGEST_AND_TAG)
          .isEqualTo("Invalid request parameters: both tag and digest cannot be null");
      assertReason(failures, byDigest("sha256:1"), ImageFailureCode.INVALID_IMAGE_DIGEST)
          .startsWith("Invalid request parameters: image digest should satisfy the regex");
      assertReason(failures, byTag("a b"), ImageFailureCode.INVALID_IMAGE_TAG)
          .startsWith("Invalid request parameters: image tag should satisfy the regex");
      assertReason(failures, byBoth(image, "v2"), ImageFailureCode.IMAGE_TAG_DOES_NOT_MATCH_DIGEST)
          .isNotEmpty();
    }
  }

  /** The bounds are the model's, so they are of the request and not of one image. */
  @Test
  void aTagHasTheModelsLength() {
    assertInvalid("imageTag", "must have length greater than or equal to 1", () -> get(byTag("")));
    assertInvalid(
        "imageTag",
        "must have length less than or equal to 300",
        () -> delete(byTag("a".repeat(301))));
    assertThat(get(byTag("a".repeat(300))).failures())
        .extracting(ImageFailure::failureCode)
        .containsExactly(ImageFailureCode.INVALID_IMAGE_TAG);
  }

  /** Guide, "Deleting an image". */
  @Test
  void anImageGoesWithItsLastTag() {
    Digest image = registry.image("app", "one", "v1", "v2");

    assertThat(delete(byTag("v1")).imageIds()).containsExactly(byBoth(image, "v1"));
    assertImages().containsExactly(byBoth(image, "v2"));
    assertThat(delete(byTag("v2")).imageIds()).containsExactly(byBoth(image, "v2"));
    assertImages().isEmpty();
    assertThat(get(byDigest(image)).failures()).hasSize(1);
  }

  /** Guide, "Deleting an image". */
  @Test
  void anImageThatIsDeletedByItsDigestGoesWithAllItsTags() {
    Digest image = registry.image("app", "one", "v1", "v2");

    assertThat(delete(byDigest(image)).imageIds())
        .containsExactly(byBoth(image, "v1"), byBoth(image, "v2"));
    assertImages().isEmpty();
  }

  @Test
  void anImageWithoutTagsIsDeletedByItsDigest() {
    Digest image = registry.image("app", "one");

    assertThat(delete(byDigest(image)).imageIds()).containsExactly(byDigest(image));
    assertImages().isEmpty();
  }

  @Test
  void aTagAndItsDigestDeleteTheTagAlone() {
    Digest image = registry.image("app", "one", "v1", "v2");

    assertThat(delete(byBoth(image, "v1")).imageIds()).containsExactly(byBoth(image, "v1"));
    assertImages().containsExactly(byBoth(image, "v2"));
  }

  @Test
  void aChildOfAnIndexStaysUntilTheIndexIsGone() {
    Digest child = registry.image("app", "one", "child");
    String manifest = Registry.index(child);
    ecr.putImage(r -> r.repositoryName("app").imageManifest(manifest).imageTag("index"));
    Digest index = digest(manifest);

    for (ImageIdentifier id : List.of(byDigest(child), byTag("child"))) {
      BatchDeleteImageResponse refused = delete(id);
      assertThat(refused.imageIds()).isEmpty();
      assertReason(refused.failures(), id, ImageFailureCode.IMAGE_REFERENCED_BY_MANIFEST_LIST)
          .isEqualTo("Requested image referenced by manifest list: [%s]".formatted(index));
    }
    assertThat(delete(byTag("index"), byTag("child")).imageIds())
        .containsExactly(byBoth(index, "index"), byBoth(child, "child"));
    assertImages().isEmpty();
  }

  @Test
  void aDeletedImageCanBePutAgain() {
    String manifest = registry.manifest("app", "one");
    ecr.putImage(r -> r.repositoryName("app").imageManifest(manifest).imageTag("v1"));
    delete(byTag("v1"));

    ecr.putImage(r -> r.repositoryName("app").imageManifest(manifest).imageTag("v1"));

    assertImages().containsExactly(byBoth(digest(manifest), "v1"));
  }

  private static AbstractStringAssert<?> assertReason(
      List<ImageFailure> failures, ImageIdentifier id, ImageFailureCode code) {
    ImageFailure failure =
        failures.stream().filter(one -> one.imageId().equals(id)).findFirst().orElseThrow();
    assertThat(failure.failureCode()).isEqualTo(code);
    return assertThat(failure.failureReason());
  }

  private AbstractListAssert<?, ?, ImageIdentifier, ?> assertImages() {
    return assertThat(ecr.listImages(r -> r.repositoryName("app")).imageIds());
  }

  private BatchGetImageResponse get(ImageIdentifier... ids) {
    return ecr.batchGetImage(r -> r.repositoryName("app").imageIds(ids));
  }

  private BatchDeleteImageResponse delete(ImageIdentifier... ids) {
    return ecr.batchDeleteImage(r -> r.repositoryName("app").imageIds(ids));
  }
}
