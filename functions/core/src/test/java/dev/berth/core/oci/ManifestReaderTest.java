package dev.berth.core.oci;

import static dev.berth.core.oci.Manifests.CHILD;
import static dev.berth.core.oci.Manifests.CONFIG;
import static dev.berth.core.oci.Manifests.IMAGE;
import static dev.berth.core.oci.Manifests.LAYER;
import static dev.berth.core.oci.Manifests.OTHER_LAYER;
import static dev.berth.core.oci.Manifests.SUBJECT;
import static dev.berth.core.oci.Manifests.config;
import static dev.berth.core.oci.Manifests.descriptor;
import static dev.berth.core.oci.Manifests.image;
import static dev.berth.core.oci.Manifests.index;
import static dev.berth.core.oci.Manifests.layer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a registry reads out of the manifests that it keeps. */
class ManifestReaderTest {

  @Test
  void anImageNamesItsConfigAndItsLayers() {
    Manifest manifest = read(IMAGE);
    assertThat(manifest.mediaType()).isEqualTo(MediaTypes.OCI_IMAGE);
    assertThat(manifest.blobs()).containsExactly(CONFIG, LAYER, OTHER_LAYER);
    assertThat(manifest.children()).isEmpty();
    assertThat(((ImageManifest) manifest).imageSize()).isEqualTo(1107);
  }

  @Test
  void aBlobThatIsListedTwiceIsNamedOnce() {
    Manifest manifest = read(image(config(), "[%s, %s]".formatted(layer(), layer())));
    assertThat(manifest.blobs()).containsExactly(CONFIG, LAYER);
  }

  @Test
  void anImageMayHaveNoLayers() {
    assertThat(read(image(config(), "[]")).blobs()).containsExactly(CONFIG);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        MediaTypes.DOCKER_FOREIGN_LAYER,
        MediaTypes.OCI_NONDISTRIBUTABLE_LAYER,
        MediaTypes.OCI_NONDISTRIBUTABLE_LAYER_GZIP,
        MediaTypes.OCI_NONDISTRIBUTABLE_LAYER_ZSTD
      })
  void aLayerThatStaysWithItsPublisherIsNeitherNeededNorCounted(String mediaType) {
    String layers = "[%s, %s]".formatted(descriptor(mediaType, OTHER_LAYER, 1 << 30), layer());
    ImageManifest manifest = (ImageManifest) read(image(config(), layers));
    assertThat(manifest.blobs()).containsExactly(CONFIG, LAYER);
    assertThat(manifest.imageSize()).isEqualTo(107);
    assertThat(manifest.layers()).hasSize(2);
  }

  @Test
  void anIndexNamesEachOfItsManifestsOnce() {
    String child = descriptor(MediaTypes.OCI_IMAGE, CHILD, 500);
    Manifest manifest =
        read("{\"schemaVersion\": 2, \"manifests\": [%s, %s]}".formatted(child, child));
    assertThat(manifest.mediaType()).isEqualTo(MediaTypes.OCI_INDEX);
    assertThat(manifest.children()).containsExactly(CHILD);
    assertThat(manifest.blobs()).isEmpty();
    assertThat(manifest.artifactType()).isEmpty();
  }

  @Test
  void anIndexHasAtMost85DistinctChildren() {
    assertThat(read(index(85)).children()).hasSize(85);
    assertThatThrownBy(() -> read(index(86)))
        .isInstanceOf(ManifestException.class)
        .hasMessage("manifests names 86 distinct manifests, at most 85 are supported");
  }

  @Test
  void theSubjectAndTheAnnotationsAreRead() {
    Manifest manifest = read(IMAGE);
    assertThat(manifest.subject().map(Descriptor::digest)).contains(SUBJECT);
    assertThat(manifest.artifactType()).contains("application/vnd.example.sbom");
    assertThat(manifest.annotations().toString()).isEqualTo("{org.example.b=2, org.example.a=1}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ", \"artifactType\": \"\"", ", \"artifactType\": null"})
  void anImageWithoutArtifactTypeIsListedByTheTypeOfItsConfig(String artifactType) {
    String json =
        "{\"schemaVersion\": 2, \"config\": %s, \"layers\": []%s}"
            .formatted(
                descriptor("application/vnd.cncf.helm.config.v1+json", CONFIG, 7), artifactType);
    assertThat(read(json).artifactType()).contains("application/vnd.cncf.helm.config.v1+json");
  }

  @ParameterizedTest
  @ValueSource(strings = {MediaTypes.OCI_IMAGE, MediaTypes.DOCKER_IMAGE})
  void theContentTypeTellsTheKindWhereTheManifestDoesNot(String contentType) {
    String json = "{\"schemaVersion\": 2, \"config\": %s, \"layers\": []}".formatted(config());
    assertThat(read(json, contentType + "; charset=utf-8").mediaType()).isEqualTo(contentType);
  }

  @ParameterizedTest
  @ValueSource(strings = {MediaTypes.OCI_INDEX, MediaTypes.DOCKER_LIST})
  void bothKindsOfListAreIndexes(String mediaType) {
    String json =
        "{\"schemaVersion\": 2, \"mediaType\": \"%s\", \"manifests\": []}".formatted(mediaType);
    assertThat(read(json)).isInstanceOf(IndexManifest.class);
    assertThat(read(json, mediaType).mediaType()).isEqualTo(mediaType);
  }

  @Test
  void withoutAnyMediaTypeTheFormTellsTheKind() {
    assertThat(read("{\"schemaVersion\": 2, \"config\": %s, \"layers\": []}".formatted(config())))
        .isInstanceOf(ImageManifest.class)
        .extracting(Manifest::mediaType)
        .isEqualTo(MediaTypes.OCI_IMAGE);
  }

  @Test
  void aSha512DigestIsOneToo() {
    Digest digest = Algorithm.SHA512.digest(new byte[0]);
    String json = image(descriptor(MediaTypes.OCI_EMPTY, digest, 2), "[]");
    assertThat(read(json).blobs()).containsExactly(digest);
  }

  @Test
  void membersThatNoSpecificationNamesAreLetThrough() {
    String json = IMAGE.replaceFirst("\\{", "{\"x-example\": [{\"deep\": [1.5e3, true]}], ");
    assertThat(read(json)).isEqualTo(read(IMAGE));
  }

  @Test
  void aManifestOfExactly4MiBIsRead() {
    byte[] bytes = IMAGE.getBytes(StandardCharsets.UTF_8);
    byte[] padded = (IMAGE + " ".repeat(ManifestReader.MAX_BYTES - bytes.length)).getBytes();
    assertThat(padded).hasSize(4194304);
    assertThat(ManifestReader.read(padded, Optional.empty())).isEqualTo(read(IMAGE));
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          application/json,                                       application/json
          'Application/JSON ; charset=utf-8',                     application/json
          application/vnd.oci.image.index.v1+json;a=b;c=d,        application/vnd.oci.image.index.v1+json
          """)
  void parametersAndCaseAreNotPartOfAMediaType(String header, String mediaType) {
    assertThat(MediaTypes.ofContentType(header)).isEqualTo(mediaType);
  }

  private static Manifest read(String json) {
    return ManifestReader.read(json.getBytes(StandardCharsets.UTF_8), Optional.empty());
  }

  private static Manifest read(String json, String contentType) {
    return ManifestReader.read(json.getBytes(StandardCharsets.UTF_8), Optional.of(contentType));
  }
}
