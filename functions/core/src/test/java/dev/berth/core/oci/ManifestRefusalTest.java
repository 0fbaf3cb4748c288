package dev.berth.core.oci;

import static dev.berth.core.oci.Manifests.CONFIG;
import static dev.berth.core.oci.Manifests.IMAGE;
import static dev.berth.core.oci.Manifests.config;
import static dev.berth.core.oci.Manifests.descriptor;
import static dev.berth.core.oci.Manifests.image;
import static dev.berth.core.oci.Manifests.layer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client is told of a manifest that cannot be kept. */
class ManifestRefusalTest {

  private static final String LAYERS = "[" + layer() + "]";

  static Stream<Arguments> mistakes() {
    return Stream.of(
        arguments("[]", "the manifest is not a JSON object"),
        arguments("null", "the manifest is not a JSON object"),
        arguments(
            "{\"schemaVersion\": 2}",
            "the manifest has neither mediaType nor config and layers nor manifests nor fsLayers"),
        arguments(IMAGE.replace("\"schemaVersion\": 2,", ""), "schemaVersion is missing"),
        arguments(IMAGE.replace(": 2,", ": \"2\","), "schemaVersion is not an integer"),
        arguments(IMAGE.replace(": 2,", ": 2.0,"), "schemaVersion is not an integer"),
        arguments(IMAGE.replace(": 2,", ": 3,"), "schemaVersion is not between 1 and 2"),
        arguments(
            IMAGE.replace("\"" + MediaTypes.OCI_IMAGE + "\",\n \"c", "7,\n \"c"),
            "mediaType is not a string"),
        arguments("{\"schemaVersion\": 2, \"layers\": []}", "config is missing"),
        arguments(
            "{\"schemaVersion\": 2, \"config\": %s}".formatted(config()), "layers is missing"),
        arguments(image(config(), "null"), "layers is missing"),
        arguments(image("[]", LAYERS), "config is not an object"),
        arguments(image(config(), "{}"), "layers is not an array"),
        arguments(image(config(), "[%s, 1]".formatted(layer())), "layers[1] is not an object"),
        arguments(image("{}", LAYERS), "config.digest is missing"),
        arguments(
            image("{\"digest\": \"%s\"}".formatted(CONFIG), LAYERS), "config.mediaType is missing"),
        arguments(image(descriptor("", CONFIG, 1), LAYERS), "config.mediaType is missing"),
        arguments(
            image(descriptor("x".repeat(256), CONFIG, 1), LAYERS),
            "config.mediaType has more than 255 characters"),
        arguments(
            image(config().replace(": 7", ": -1"), LAYERS),
            "config.size is not between 0 and 9007199254740991"),
        arguments(
            image(config().replace(": 7", ": 9007199254740992"), LAYERS),
            "config.size is not between 0 and 9007199254740991"),
        arguments(
            image(config().replace(": 7", ": 99999999999999999999"), LAYERS),
            "config.size is not an integer"),
        arguments(image(config().replace(": 7", ": 1e3"), LAYERS), "config.size is not an integer"),
        arguments(
            image(config(), "[%s]".formatted(layer().replace("sha256:", "md5:"))),
            "layers[0].digest 'md5:%s' is not a sha256 or sha512 digest"
                .formatted(Manifests.LAYER.hex())),
        arguments(
            image(config().replace(CONFIG.hex(), CONFIG.hex().toUpperCase()), LAYERS),
            "config.digest 'sha256:%s' is not a sha256 or sha512 digest"
                .formatted(CONFIG.hex().toUpperCase())),
        arguments(IMAGE.replace("\"1\"", "1"), "annotations['org.example.a'] is not a string"),
        arguments(
            IMAGE.replace("\"application/vnd.example.sbom\"", "{}"),
            "artifactType is not a string"),
        arguments(
            IMAGE.replaceFirst("\\{", "{\"manifests\": [], "),
            "manifests has no place in a manifest of type '%s'".formatted(MediaTypes.OCI_IMAGE)),
        arguments(
            Manifests.index(1).replaceFirst("\\{", "{\"layers\": [], "),
            "layers has no place in a manifest of type '%s'".formatted(MediaTypes.OCI_INDEX)),
        arguments(
            Manifests.index(1).replaceFirst("\\{", "{\"config\": {}, "),
            "config has no place in a manifest of type '%s'".formatted(MediaTypes.OCI_INDEX)));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void aMistakeIsNamedWithItsPlace(String json, String message) {
    assertRefused(json, Optional.empty(), message);
  }

  @Test
  void aContentTypeThatIsNotTheManifestsOwnIsRefused() {
    assertRefused(
        IMAGE,
        Optional.of(MediaTypes.DOCKER_IMAGE),
        "mediaType '%s' differs from the Content-Type '%s'"
            .formatted(MediaTypes.OCI_IMAGE, MediaTypes.DOCKER_IMAGE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/json", "text/html", ""})
  void aMediaTypeThatIsNoManifestsIsRefusedByName(String mediaType) {
    assertRefused(
        "{\"schemaVersion\": 2, \"config\": %s, \"layers\": []}".formatted(config()),
        Optional.of(mediaType),
        "media type '%s' is not one of an OCI image manifest or index, or of a Docker schema 2 manifest or list, or of a Docker schema 1 manifest"
            .formatted(mediaType));
  }

  @Test
  void schema1InAnotherFormIsRefused() {
    assertRefused(
        "{\"schemaVersion\": 1, \"config\": {}, \"layers\": []}",
        Optional.empty(),
        "schemaVersion is 1 in a manifest of type '%s', not 2".formatted(MediaTypes.OCI_IMAGE));
  }

  @Test
  void moreThan1000LayersAreRefused() {
    String layers = ("," + layer()).repeat(1001).substring(1);
    assertRefused(
        image(config(), "[" + layers + "]"),
        Optional.empty(),
        "layers has 1001 entries, at most 1000 are supported");
  }

  @Test
  void theSizeOfTheLargestImageDoesNotOverflow() {
    String layers = ("," + descriptor("a/b", Manifests.LAYER, Descriptor.MAX_SIZE)).repeat(1000);
    String largest =
        image(descriptor("a/b", CONFIG, Descriptor.MAX_SIZE), "[" + layers.substring(1) + "]");
    Manifest manifest =
        ManifestReader.read(largest.getBytes(StandardCharsets.UTF_8), Optional.empty());
    assertThat(((ImageManifest) manifest).imageSize()).isEqualTo(1001 * Descriptor.MAX_SIZE);
    assertThat(Math.multiplyExact(1001, Descriptor.MAX_SIZE)).isPositive();
  }

  @Test
  void aRefusalQuotesTheSenderBrieflyAndWithoutControlCharacters() {
    String json = image(config().replace(CONFIG.toString(), "\\n" + "x".repeat(100_000)), LAYERS);
    assertRefused(
        json,
        Optional.empty(),
        "config.digest '?%s...' is not a sha256 or sha512 digest".formatted("x".repeat(199)));
  }

  private static void assertRefused(String json, Optional<String> contentType, String message) {
    assertThatThrownBy(
            () -> ManifestReader.read(json.getBytes(StandardCharsets.UTF_8), contentType))
        .isExactlyInstanceOf(ManifestException.class)
        .hasMessage(message);
  }
}
