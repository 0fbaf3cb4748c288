package dev.berth.lambda.ecr;

import static dev.berth.lambda.ecr.SdkRegistry.MISSING;
import static dev.berth.lambda.ecr.SdkRegistry.assertInvalid;
import static dev.berth.lambda.ecr.SdkRegistry.assertRefused;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.berth.core.oci.Digest;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.Layer;
import software.amazon.awssdk.services.ecr.model.LayerAvailability;
import software.amazon.awssdk.services.ecr.model.LayerFailure;
import software.amazon.awssdk.services.ecr.model.LayerFailureCode;
import software.amazon.awssdk.services.ecr.model.LayersNotFoundException;

/** BatchCheckLayerAvailability, and GetDownloadUrlForLayer where there is no layer. */
class LayerAvailabilityTest {

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
  void availabilityIsToldOfEveryLayerOnce() {
    Digest digest = registry.layer("app", "layer");

    var answer =
        ecr.batchCheckLayerAvailability(
            r ->
                r.repositoryName("app")
                    .layerDigests(digest.toString(), MISSING, "", "sha256:1", MISSING));

    assertThat(answer.layers())
        .containsExactly(
            Layer.builder()
                .layerDigest(digest.toString())
                .layerAvailability(LayerAvailability.AVAILABLE)
                .layerSize(5L)
                .mediaType("application/vnd.docker.image.rootfs.diff.tar.gzip")
                .build(),
            Layer.builder()
                .layerDigest(MISSING)
                .layerAvailability(LayerAvailability.UNAVAILABLE)
                .build());
    assertThat(answer.failures())
        .extracting(LayerFailure::layerDigest, LayerFailure::failureCode)
        .containsExactly(
            tuple("", LayerFailureCode.MISSING_LAYER_DIGEST),
            tuple("sha256:1", LayerFailureCode.INVALID_LAYER_DIGEST));
    assertThat(answer.failures())
        .allSatisfy(failure -> assertThat(failure.failureReason()).contains("layer digest"));
  }

  @Test
  void availabilityIsAskedOfOneToAHundredLayers() {
    List<String> digests =
        Stream.iterate(0, i -> i + 1)
            .limit(101)
            .map(i -> Digest.sha256(i.toString().getBytes(UTF_8)).toString())
            .toList();

    assertInvalid(
        "layerDigests", "must have length less than or equal to 100", () -> availability(digests));
    assertInvalid(
        "layerDigests",
        "must have length greater than or equal to 1",
        () -> availability(List.of()));
    assertInvalid(
        "layerDigests",
        "must have length less than or equal to 1000",
        () -> availability(List.of("a".repeat(1001))));
    assertThat(availability(digests.subList(0, 100))).hasSize(100);
  }

  @Test
  void aLayerIsItsRepositorysAlone() {
    registry.create("other");
    Digest digest = registry.layer("app", "layer");

    assertRefused(
        LayersNotFoundException.class,
        "The layer with digest '%s' does not exist in the repository with name 'other' in the registry with id '123456789012'"
            .formatted(digest),
        () ->
            ecr.getDownloadUrlForLayer(
                r -> r.repositoryName("other").layerDigest(digest.toString())));
  }

  private List<Layer> availability(List<String> digests) {
    return ecr.batchCheckLayerAvailability(r -> r.repositoryName("app").layerDigests(digests))
        .layers();
  }
}
