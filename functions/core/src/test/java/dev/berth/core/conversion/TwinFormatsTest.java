package dev.berth.core.conversion;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.oci.Descriptor;
import dev.berth.core.oci.Digest;
import dev.berth.core.oci.ImageManifest;
import dev.berth.core.oci.ManifestReader;
import dev.berth.core.oci.MediaTypes;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TwinFormatsTest {

  private static final Digest DIGEST = Digest.sha256("blob".getBytes(UTF_8));

  private static ImageManifest image(String type, String config, String layer, String more) {
    String text =
        """
        {"schemaVersion":2,"mediaType":"%s",
         "config":{"mediaType":"%s","digest":"%s","size":7},
         "layers":[{"mediaType":"%s","digest":"%s","size":8,"urls":["https://a/b"]}]%s}
        """
            .formatted(type, config, DIGEST, layer, DIGEST, more);
    return read(text.getBytes(UTF_8));
  }

  private static ImageManifest read(byte[] bytes) {
    return (ImageManifest) ManifestReader.read(bytes, Optional.empty());
  }

  private static ImageManifest oci(String layer, String more) {
    return image(MediaTypes.OCI_IMAGE, MediaTypes.OCI_CONFIG, layer, more);
  }

  @ParameterizedTest
  @CsvSource({
    MediaTypes.OCI_LAYER + "," + MediaTypes.DOCKER_LAYER_TAR,
    MediaTypes.OCI_LAYER_GZIP + "," + MediaTypes.DOCKER_LAYER,
    MediaTypes.OCI_NONDISTRIBUTABLE_LAYER_GZIP + "," + MediaTypes.DOCKER_FOREIGN_LAYER
  })
  void everyMediaTypeIsMappedThereAndBack(String ociLayer, String dockerLayer) {
    ImageManifest image = oci(ociLayer, "");

    ImageManifest docker = read(TwinFormats.convert(image, MediaTypes.DOCKER_IMAGE).orElseThrow());
    assertThat(docker.mediaType()).isEqualTo(MediaTypes.DOCKER_IMAGE);
    assertThat(docker.config().mediaType()).isEqualTo(MediaTypes.DOCKER_CONFIG);
    assertThat(docker.layers()).extracting(Descriptor::mediaType).containsExactly(dockerLayer);
    assertThat(read(TwinFormats.convert(docker, MediaTypes.OCI_IMAGE).orElseThrow()))
        .isEqualTo(image);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        MediaTypes.OCI_LAYER_ZSTD,
        MediaTypes.OCI_NONDISTRIBUTABLE_LAYER,
        "application/vnd.cncf.helm.chart.content.v1.tar+gzip"
      })
  void aLayerWithoutACounterpartIsNotConverted(String layer) {
    assertThat(TwinFormats.convert(oci(layer, ""), MediaTypes.DOCKER_IMAGE)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ",\"artifactType\":\"application/x\"",
        ",\"subject\":{\"mediaType\":\"a/b\",\"digest\":\"sha256:0000000000000000000000000000000000000000000000000000000000000000\",\"size\":1}"
      })
  void anArtifactIsNotConverted(String more) {
    assertThat(TwinFormats.convert(oci(MediaTypes.OCI_LAYER_GZIP, more), MediaTypes.DOCKER_IMAGE))
        .isEmpty();
  }

  @Test
  void aConfigurationThatIsNoImagesIsNotConverted() {
    ImageManifest chart =
        image(
            MediaTypes.OCI_IMAGE,
            "application/vnd.cncf.helm.config.v1+json",
            MediaTypes.OCI_LAYER_GZIP,
            "");

    assertThat(TwinFormats.convert(chart, MediaTypes.DOCKER_IMAGE)).isEmpty();
  }

  @Test
  void annotationsAreDropped() {
    ImageManifest image = oci(MediaTypes.OCI_LAYER_GZIP, ",\"annotations\":{\"a\":\"b\"}");

    assertThat(TwinFormats.convert(image, MediaTypes.DOCKER_IMAGE).orElseThrow())
        .asString(UTF_8)
        .doesNotContain("annotations");
  }

  @Test
  void theTableIsTheGuides() {
    assertThat(ConversionTable.targets(MediaTypes.OCI_IMAGE))
        .containsExactly(MediaTypes.DOCKER_IMAGE, MediaTypes.DOCKER_SCHEMA1_SIGNED);
    assertThat(ConversionTable.targets(MediaTypes.DOCKER_IMAGE))
        .containsExactly(MediaTypes.OCI_IMAGE, MediaTypes.DOCKER_SCHEMA1_SIGNED);
    for (String fixed :
        new String[] {
          MediaTypes.DOCKER_SCHEMA1,
          MediaTypes.DOCKER_SCHEMA1_SIGNED,
          MediaTypes.OCI_INDEX,
          MediaTypes.DOCKER_LIST
        }) {
      assertThat(ConversionTable.targets(fixed)).isEmpty();
    }
  }
}
