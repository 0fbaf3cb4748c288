package dev.berth.core.conversion;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.core.conversion.Schema1Image.Unsigned;
import dev.berth.core.oci.Digest;
import dev.berth.core.oci.ImageManifest;
import dev.berth.core.oci.Manifest;
import dev.berth.core.oci.ManifestReader;
import dev.berth.core.oci.MediaTypes;
import dev.berth.core.oci.RepositoryName;
import dev.berth.core.oci.Schema1Manifest;
import dev.berth.core.oci.Tag;
import dev.berth.core.secret.DeploymentSecret;
import dev.berth.core.secret.DeploymentSecret.Key;
import dev.berth.core.secret.DeploymentSecret.Purpose;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Schema1ConversionTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final RepositoryName NAME = new RepositoryName("team/app");
  private static final Tag TAG = new Tag("1");
  private static final Digest BASE = Digest.sha256("base".getBytes(UTF_8));
  private static final Digest TOP = Digest.sha256("top".getBytes(UTF_8));
  private static final String CONFIG =
      """
      {"architecture":"amd64","os":"linux","created":"2020-01-02T03:04:05.6Z",
       "config":{"Cmd":["sh"],"Labels":{"a":"<b>"}},
       "rootfs":{"type":"layers","diff_ids":["sha256:1","sha256:2"]},
       "history":[
         {"created":"2019-01-01T00:00:00Z","created_by":"ADD base","author":"me","comment":"first"},
         {"created_by":"ENV a=b","empty_layer":true},
         {"created":"yesterday","created_by":"ADD top"},
         {"created_by":"CMD sh","empty_layer":true}]}
      """;

  private final ManifestSigner signer = signer(1);

  private static ManifestSigner signer(int secret) {
    byte[] bytes = new byte[32];
    bytes[0] = (byte) secret;
    return new ManifestSigner(
        new DeploymentSecret(List.of(new Key("a", bytes))).key(Purpose.MANIFEST_SIGNATURE));
  }

  static ImageManifest image(String layerType, Digest... layers) {
    String list =
        String.join(
            ",",
            Arrays.stream(layers)
                .map(
                    layer ->
                        "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":9}"
                            .formatted(layerType, layer))
                .toList());
    String text =
        "{\"schemaVersion\":2,\"config\":{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":9},\"layers\":[%s]}"
            .formatted(MediaTypes.OCI_CONFIG, BASE, list);
    return (ImageManifest) ManifestReader.read(text.getBytes(UTF_8), Optional.empty());
  }

  private static Optional<Unsigned> convert(String config, Digest... layers) {
    return Schema1Image.of(
        image(MediaTypes.OCI_LAYER_GZIP, layers), config.getBytes(UTF_8), NAME, TAG);
  }

  @Test
  void everyStepOfTheHistoryIsALayerTheTopmostFirst() throws Exception {
    Unsigned converted = convert(CONFIG, BASE, TOP).orElseThrow();

    var read = (Schema1Manifest) ManifestReader.read(converted.payload(), Optional.empty());
    assertThat(read.layers()).containsExactly(EmptyLayer.DIGEST, TOP, EmptyLayer.DIGEST, BASE);
    assertThat(converted.hasEmptyLayer()).isTrue();
    JsonNode manifest = JSON.readTree(converted.payload());
    assertThat(manifest.path("name").asText()).isEqualTo("team/app");
    assertThat(manifest.path("tag").asText()).isEqualTo("1");
    assertThat(manifest.path("architecture").asText()).isEqualTo("amd64");
  }

  @Test
  void theTopmostStepHasTheConfigurationAndTheOthersTheirHistory() throws Exception {
    List<JsonNode> steps = steps(convert(CONFIG, BASE, TOP).orElseThrow());

    assertThat(steps.get(0).at("/config/Labels/a").asText()).isEqualTo("<b>");
    assertThat(steps.get(0).has("rootfs")).isFalse();
    assertThat(steps.get(0).has("history")).isFalse();
    assertThat(steps.get(0).path("throwaway").asBoolean()).isTrue();
    assertThat(steps.get(1).path("throwaway").asBoolean()).isFalse();
    assertThat(steps.get(1).path("created").asText()).isEqualTo("0001-01-01T00:00:00Z");
    assertThat(steps.get(2).path("throwaway").asBoolean()).isTrue();
    JsonNode base = steps.get(3);
    assertThat(base.at("/container_config/Cmd/0").asText()).isEqualTo("ADD base");
    assertThat(base.path("author").asText()).isEqualTo("me");
    assertThat(base.path("comment").asText()).isEqualTo("first");
    assertThat(base.path("created").asText()).isEqualTo("2019-01-01T00:00:00Z");
  }

  /** What Docker 1.9 makes sure of before it pulls a layer. */
  @Test
  void idsAreDistinctAndEachStepNamesTheOneBelow() throws Exception {
    List<JsonNode> steps = steps(convert(CONFIG, BASE, BASE).orElseThrow());

    Set<String> ids = new HashSet<>();
    for (int i = 0; i < steps.size(); i++) {
      assertThat(steps.get(i).path("id").asText()).matches("[0-9a-f]{64}");
      assertThat(ids.add(steps.get(i).path("id").asText())).isTrue();
      String below = i + 1 < steps.size() ? steps.get(i + 1).path("id").asText() : "";
      assertThat(steps.get(i).path("parent").asText("")).isEqualTo(below);
    }
  }

  private static List<JsonNode> steps(Unsigned converted) throws Exception {
    List<JsonNode> steps = new ArrayList<>();
    for (JsonNode entry : JSON.readTree(converted.payload()).path("history")) {
      steps.add(JSON.readTree(entry.path("v1Compatibility").asText()));
    }
    return steps;
  }

  @Test
  void anImageWithoutHistoryHasOneStepALayer() throws Exception {
    Unsigned converted =
        convert("{\"rootfs\":{\"diff_ids\":[\"a\",\"b\"]}}", BASE, TOP).orElseThrow();

    assertThat(steps(converted)).hasSize(2);
    assertThat(converted.hasEmptyLayer()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{}",
        "{\"rootfs\":1}",
        "{\"rootfs\":{\"diff_ids\":\"a\"}}",
        "{\"rootfs\":{\"diff_ids\":[]}}",
        "{\"rootfs\":{\"diff_ids\":[\"a\",\"b\",\"c\"]}}",
        "{\"rootfs\":{\"diff_ids\":[\"a\",\"b\"]},\"history\":[{}]}",
        "{\"rootfs\":{\"diff_ids\":[\"a\",\"b\"]},\"history\":[{},{},{}]}",
        "{\"rootfs\":{\"diff_ids\":[\"a\",\"b\"]},\"rootfs\":{}}"
      })
  void aConfigurationThatDoesNotFitTheLayersIsNotConverted(String config) {
    assertThat(convert(config, BASE, TOP)).isEmpty();
  }

  @Property(tries = 300)
  void anyBytesInThePlaceOfAConfigurationAreNotConverted(@ForAll byte[] config) {
    assertThat(Schema1Image.of(image(MediaTypes.OCI_LAYER_GZIP, BASE), config, NAME, TAG))
        .isEmpty();
  }

  @Test
  void oddMembersOfAConfigurationDoNoHarm() {
    String odd =
        "{\"rootfs\":{\"diff_ids\":[1]},\"architecture\":7,\"created\":{},\"id\":1,\"parent\":[],\"history\":[{\"created\":5,\"created_by\":[],\"empty_layer\":\"no\"}]}";

    assertThat(convert(odd, BASE)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        MediaTypes.OCI_LAYER_ZSTD,
        MediaTypes.OCI_NONDISTRIBUTABLE_LAYER_GZIP,
        MediaTypes.DOCKER_FOREIGN_LAYER,
        "application/x"
      })
  void layersThatAnOldClientCannotPullAreNotConverted(String type) {
    assertThat(Schema1Image.isConvertible(image(type, BASE))).isFalse();
    assertThat(Schema1Image.isConvertible(image(MediaTypes.OCI_LAYER_GZIP, BASE))).isTrue();
  }

  @Test
  void theSignatureIsGoodAndOfThePayload() {
    Unsigned converted = convert(CONFIG, BASE, TOP).orElseThrow();
    byte[] signed = signer.sign(converted);

    Manifest read = ManifestReader.read(signed, Optional.of(MediaTypes.DOCKER_SCHEMA1_SIGNED));
    assertThat(read.digested(signed)).isEqualTo(converted.payload());
  }

  @Test
  void theSameManifestIsSignedWithTheSameBytes() {
    Unsigned converted = convert(CONFIG, BASE, TOP).orElseThrow();
    Unsigned other = convert(CONFIG, TOP, BASE).orElseThrow();

    assertThat(signer.sign(converted)).isEqualTo(signer.sign(converted));
    assertThat(signer(1).sign(converted)).isEqualTo(signer.sign(converted));
    assertThat(signer(2).sign(converted)).isNotEqualTo(signer.sign(converted));
    assertThat(r(signer.sign(converted))).isNotEqualTo(r(signer.sign(other)));
  }

  /** The half of a signature that is the same for the same nonce. */
  private static String r(byte[] signed) {
    try {
      return JSON.readTree(signed).at("/signatures/0/signature").asText().substring(0, 42);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void theEmptyLayerIsTheOneThatEveryClientKnows() throws Exception {
    assertThat(EmptyLayer.DIGEST)
        .hasToString("sha256:a3ed95caeb02ffe68cdd9fd84406680ae93d633cb16422d00e8a7c22955b46d4");
    try (var in = new GZIPInputStream(new ByteArrayInputStream(EmptyLayer.bytes()))) {
      assertThat(in.readAllBytes()).isEqualTo(new byte[1024]);
    }
  }
}
