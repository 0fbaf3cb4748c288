package dev.berth.lambda.ecr;

import static dev.berth.lambda.ecr.SdkRegistry.assertRefused;
import static dev.berth.lambda.ecr.SdkRegistry.byTag;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.oci.Digest;
import dev.berth.core.quota.Quotas;
import dev.berth.registry.upload.PartSizes;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.LayerPartTooSmallException;
import software.amazon.awssdk.services.ecr.model.LimitExceededException;

/** Quotas in the API (guide, "Amazon ECR service quotas"). */
class QuotaOperationsTest {

  private static final Quotas QUOTAS =
      Quotas.of(
          Map.of(
              "repositories", 2L,
              "images-per-repository", 2L,
              "tags-per-image", 2L,
              "layer-parts", 3L,
              "layer-mib", 4L));

  private final SdkRegistry registry = new SdkRegistry(QUOTAS, PartSizes.behindLambda());
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
  void aRegistryHasSoManyRepositories() {
    registry.create("two");

    assertRefused(
        LimitExceededException.class,
        "The registry with id '123456789012' already has the maximum allowed number of"
            + " repositories which is '2'",
        () -> registry.create("three"));
    ecr.deleteRepository(r -> r.repositoryName("two"));
    registry.create("three");
    assertThat(ecr.describeRepositories().repositories()).hasSize(2);
  }

  @Test
  void aRepositoryHasSoManyImages() {
    registry.image("app", "one", "v1");
    registry.image("app", "two");
    String three = registry.manifest("app", "three");

    assertRefused(
        LimitExceededException.class,
        "The repository with name 'app' in registry with id '123456789012' already has the"
            + " maximum allowed number of images which is '2'",
        () -> ecr.putImage(r -> r.repositoryName("app").imageManifest(three).imageTag("v1")));
    ecr.batchDeleteImage(r -> r.repositoryName("app").imageIds(byTag("v1")));
    ecr.putImage(r -> r.repositoryName("app").imageManifest(three).imageTag("v1"));
    assertThat(ecr.listImages(r -> r.repositoryName("app")).imageIds()).hasSize(2);
  }

  @Test
  void anImageHasSoManyTags() {
    String manifest = registry.manifest("app", "one");
    for (String tag : new String[] {"v1", "v2"}) {
      ecr.putImage(r -> r.repositoryName("app").imageManifest(manifest).imageTag(tag));
    }

    assertRefused(
        LimitExceededException.class,
        "Adding tag 'v3' to an image in the repository with name 'app' in registry with id"
            + " '123456789012' exceeds the maximum allowed number of tags per image which is '2'",
        () -> ecr.putImage(r -> r.repositoryName("app").imageManifest(manifest).imageTag("v3")));
    assertThat(ecr.listImages(r -> r.repositoryName("app")).imageIds()).hasSize(2);
  }

  @Test
  void anUploadHasSoManyParts() {
    String id = registry.upload("app", new byte[10]);
    registry.part("app", id, 10, new byte[10]);
    registry.part("app", id, 20, new byte[10]);

    assertRefused(
        LimitExceededException.class,
        "The upload with id '%s' already has the maximum allowed number of layer parts which is '3'"
            .formatted(id),
        () -> registry.part("app", id, 30, new byte[10]));
  }

  @Test
  void aLayerHasSoManyMebibytes() {
    byte[] largest = bytes(4 << 20);
    String id = registry.upload("app", Arrays.copyOf(largest, 3 << 20));

    assertRefused(
        LimitExceededException.class,
        "The layer exceeds the maximum allowed size of a layer which is '4' MiB",
        () -> registry.part("app", id, 3 << 20, new byte[(1 << 20) + 1]));
    registry.part("app", id, 3 << 20, Arrays.copyOfRange(largest, 3 << 20, 4 << 20));
    assertThat(registry.complete("app", id, Digest.sha256(largest))).isNotEmpty();
  }

  @Test
  void behindLambdaPartsAreAsSmallAsItsEventsDemand() {
    byte[] layer = bytes(3 << 20);
    var begun = ecr.initiateLayerUpload(r -> r.repositoryName("app"));

    assertThat(begun.partSize()).isEqualTo(3L << 20);
    registry.part("app", begun.uploadId(), 0, Arrays.copyOf(layer, layer.length - 1));
    registry.part("app", begun.uploadId(), layer.length - 1, new byte[] {layer[layer.length - 1]});
    assertRefused(
        LayerPartTooSmallException.class,
        "Layer parts must be at least 3 MiB in size.",
        () -> registry.complete("app", begun.uploadId(), Digest.sha256(layer)));
  }

  private static byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    new Random(count).nextBytes(bytes);
    return bytes;
  }
}
