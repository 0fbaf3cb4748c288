package dev.berth.lambda.oci;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.conversion.EmptyLayer;
import dev.berth.core.oci.Digest;
import dev.berth.core.oci.MediaTypes;
import dev.berth.lambda.oci.OciClient.Answer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How images come to clients that do not understand what is stored, and how old ones push. */
abstract class ConversionExchanges extends ManifestExchanges {

  private static final byte[] LAYER = Samples.bytes(100);
  private static final byte[] TWO_STEPS =
      "{\"architecture\":\"amd64\",\"os\":\"linux\",\"rootfs\":{\"diff_ids\":[\"sha256:0\"]},\"history\":[{\"created_by\":\"ADD\"},{\"created_by\":\"CMD\",\"empty_layer\":true}]}"
          .getBytes(UTF_8);

  private static final String OLD_DOCKER =
      "docker/1.9.1 go/go1.4.3 git-commit/a34a1d5 os/linux arch/amd64";

  private byte[] push(String mediaType, byte[] config) {
    pushBlob(config);
    pushBlob(LAYER);
    String image = Samples.image(config, LAYER);
    if (mediaType.equals(MediaTypes.DOCKER_IMAGE)) {
      image =
          image
              .replace(MediaTypes.OCI_IMAGE, MediaTypes.DOCKER_IMAGE)
              .replace(MediaTypes.OCI_CONFIG, MediaTypes.DOCKER_CONFIG)
              .replace(MediaTypes.OCI_LAYER_GZIP, MediaTypes.DOCKER_LAYER);
    }
    return push("1", mediaType, image.getBytes(UTF_8));
  }

  private byte[] push(String tag, String mediaType, byte[] manifest) {
    client().put(path("/manifests/" + tag), manifest, "Content-Type", mediaType).is(201);
    return manifest;
  }

  private Answer getAccepting(String... accept) {
    String[] headers = new String[2 * accept.length];
    for (int i = 0; i < accept.length; i++) {
      headers[2 * i] = "Accept";
      headers[2 * i + 1] = accept[i];
    }
    return client().get(path("/manifests/1"), headers).is(200);
  }

  @ParameterizedTest
  @CsvSource({
    MediaTypes.OCI_IMAGE + "," + MediaTypes.DOCKER_IMAGE,
    MediaTypes.DOCKER_IMAGE + "," + MediaTypes.OCI_IMAGE
  })
  void ociAndSchema2AreConvertedIntoEachOtherByTag(String stored, String accepted) {
    Digest pushed = Digest.sha256(push(stored, TWO_STEPS));

    Answer answer = getAccepting(accepted).has("Content-Type", accepted);
    assertThat(answer.json().path("mediaType").asText()).isEqualTo(accepted);
    assertThat(answer.json().at("/layers/0/digest").asText())
        .isEqualTo(Digest.sha256(LAYER).toString());
    answer.hasDigest(Digest.sha256(answer.body()));
    assertThat(getAccepting(accepted).body()).isEqualTo(answer.body());
    client().get(path("/manifests/" + pushed), "Accept", accepted).is(200).hasDigest(pushed);
  }

  /** Guide, "Amazon ECR image manifest conversion": a Docker 1.9 client. */
  @ParameterizedTest
  @ValueSource(strings = {MediaTypes.OCI_IMAGE, MediaTypes.DOCKER_IMAGE})
  void anOldClientPullsEveryLayerOfASignedManifest(String stored) throws Exception {
    push(stored, TWO_STEPS);

    Answer answer = client().get(path("/manifests/1"), "User-Agent", OLD_DOCKER).is(200);
    answer.has("Content-Type", MediaTypes.DOCKER_SCHEMA1_SIGNED);
    byte[] payload = OldClient.verified(answer.body());
    answer.hasDigest(Digest.sha256(payload));
    List<Digest> layers = OldClient.layers(payload);
    assertThat(layers).containsExactly(EmptyLayer.DIGEST, Digest.sha256(LAYER));
    for (Digest layer : layers) {
      assertThat(Digest.sha256(pull(layer))).isEqualTo(layer);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {MediaTypes.DOCKER_SCHEMA1, MediaTypes.DOCKER_SCHEMA1_SIGNED})
  void schema1IsAcceptedByEitherOfItsNames(String accepted) {
    push(MediaTypes.OCI_IMAGE, TWO_STEPS);

    getAccepting(accepted).has("Content-Type", MediaTypes.DOCKER_SCHEMA1_SIGNED);
  }

  @ParameterizedTest
  @ValueSource(strings = {MediaTypes.DOCKER_IMAGE, MediaTypes.DOCKER_SCHEMA1_SIGNED})
  void aHeadOfAConvertedManifestSaysWhatAGetWould(String accepted) {
    push(MediaTypes.OCI_IMAGE, TWO_STEPS);

    Answer head = client().head(path("/manifests/1"), "Accept", accepted).is(200);
    Answer get = getAccepting(accepted);
    head.has("Content-Type", accepted)
        .has("Content-Length", Integer.toString(get.body().length))
        .has("Docker-Content-Digest", get.header("Docker-Content-Digest").orElseThrow());
    assertThat(getAccepting(accepted).body()).isEqualTo(get.body());
  }

  @ParameterizedTest
  @ValueSource(strings = {MediaTypes.DOCKER_IMAGE, MediaTypes.DOCKER_SCHEMA1_SIGNED})
  void theDigestThatATagWasAnsweredWithIsGoodForTheSameManifest(String accepted) {
    Digest pushed = Digest.sha256(push(MediaTypes.OCI_IMAGE, TWO_STEPS));
    String digest =
        client()
            .head(path("/manifests/1"), "Accept", accepted)
            .is(200)
            .header("Docker-Content-Digest")
            .orElseThrow();
    byte[] byTag = getAccepting(accepted).body();

    Answer byDigest = client().get(path("/manifests/" + digest)).is(200);
    byDigest.has("Docker-Content-Digest", digest).has("Content-Type", accepted);
    assertThat(byDigest.body()).isEqualTo(byTag);
    client().delete(path("/manifests/" + digest)).isError(404, "MANIFEST_UNKNOWN");
    client().delete(path("/manifests/" + pushed)).is(202);
    client().get(path("/manifests/" + digest)).isError(404, "MANIFEST_UNKNOWN");
  }

  @Test
  void ofSeveralFormatsTheOneThatSaysMostIsTaken() {
    push(MediaTypes.OCI_IMAGE, TWO_STEPS);

    getAccepting(MediaTypes.DOCKER_SCHEMA1_SIGNED, MediaTypes.DOCKER_IMAGE)
        .has("Content-Type", MediaTypes.DOCKER_IMAGE);
    getAccepting(MediaTypes.DOCKER_SCHEMA1 + ", " + MediaTypes.DOCKER_IMAGE + ";q=0.1")
        .has("Content-Type", MediaTypes.DOCKER_IMAGE);
    getAccepting(MediaTypes.DOCKER_SCHEMA1, MediaTypes.DOCKER_IMAGE + "; q=0")
        .has("Content-Type", MediaTypes.DOCKER_SCHEMA1_SIGNED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*/*",
        "application/*",
        MediaTypes.DOCKER_IMAGE + ", */*;q=0.1",
        MediaTypes.DOCKER_IMAGE + ";q=1, " + MediaTypes.OCI_IMAGE + ";q=0.5",
        "text/html"
      })
  void whatIsStoredIsAnsweredWhereItIsAcceptedOrNothingElseIs(String accept) {
    byte[] image = push(MediaTypes.OCI_IMAGE, TWO_STEPS);

    assertThat(getAccepting(accept).body()).isEqualTo(image);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{",
        "[]",
        "{\"rootfs\":{\"diff_ids\":[1,2,3]}}",
        "\u0000",
        "{\"rootfs\":7}"
      })
  void anImageWhoseConfigurationFitsNoConversionIsAnsweredAsItIs(String config) {
    byte[] image = push(MediaTypes.OCI_IMAGE, config.getBytes(UTF_8));

    assertThat(getAccepting(MediaTypes.DOCKER_SCHEMA1_SIGNED).body()).isEqualTo(image);
  }

  @Test
  void aConfigurationOfMoreThan4MiBIsNotRead() {
    byte[] config = (new String(TWO_STEPS, UTF_8) + " ".repeat(4 << 20)).getBytes(UTF_8);
    needsBodiesOf(config.length);
    byte[] image = push(MediaTypes.OCI_IMAGE, config);

    assertThat(getAccepting(MediaTypes.DOCKER_SCHEMA1_SIGNED).body()).isEqualTo(image);
  }

  @Test
  void anIndexIsAnsweredAsItIs() {
    byte[] image = push(MediaTypes.OCI_IMAGE, TWO_STEPS);
    byte[] index = push("1", MediaTypes.OCI_INDEX, Samples.index(image).getBytes(UTF_8));

    for (String accepted :
        List.of(
            MediaTypes.DOCKER_LIST, MediaTypes.DOCKER_IMAGE, MediaTypes.DOCKER_SCHEMA1_SIGNED)) {
      assertThat(getAccepting(accepted).body()).isEqualTo(index);
    }
  }

  @Test
  void aManifestOfSchema1IsKeptAsItWasPushedWithoutItsMediaType() {
    push(MediaTypes.OCI_IMAGE, TWO_STEPS);
    Answer converted = getAccepting(MediaTypes.DOCKER_SCHEMA1_SIGNED);
    Digest digest =
        Digest.parse(converted.header("Docker-Content-Digest").orElseThrow()).orElseThrow();

    client().put(path("/manifests/1"), converted.body()).is(201).hasDigest(digest);
    for (String reference : List.of("1", digest.toString())) {
      Answer pulled =
          client().get(path("/manifests/" + reference), "Accept", MediaTypes.OCI_IMAGE).is(200);
      pulled.hasDigest(digest).has("Content-Type", MediaTypes.DOCKER_SCHEMA1_SIGNED);
      assertThat(pulled.body()).isEqualTo(converted.body());
    }
    client().delete(path("/manifests/" + digest)).is(202);
  }

  @Test
  void aManifestOfSchema1IsPushedByItsDigestWithoutSignatures() {
    push(MediaTypes.OCI_IMAGE, TWO_STEPS);
    byte[] signed = getAccepting(MediaTypes.DOCKER_SCHEMA1_SIGNED).body();
    String type = MediaTypes.DOCKER_SCHEMA1_SIGNED;

    client()
        .put(path("/manifests/" + Digest.sha256(signed)), signed, "Content-Type", type)
        .isError(400, "DIGEST_INVALID");
  }

  @Test
  void aDamagedManifestOfSchema1IsRefused() {
    push(MediaTypes.OCI_IMAGE, TWO_STEPS);
    byte[] signed = getAccepting(MediaTypes.DOCKER_SCHEMA1_SIGNED).body();
    byte[] damaged = new String(signed, UTF_8).replace("amd64", "arm64").getBytes(UTF_8);

    client()
        .put(path("/manifests/2"), damaged, "Content-Type", MediaTypes.DOCKER_SCHEMA1_SIGNED)
        .isError(400, "MANIFEST_INVALID", "is not a signature of the manifest");
  }

  @Test
  void theLayersOfAManifestOfSchema1HaveToBeThere() {
    Digest missing = Digest.sha256("missing".getBytes(UTF_8));
    String manifest =
        "{\"schemaVersion\":1,\"fsLayers\":[{\"blobSum\":\"%s\"}],\"history\":[{\"v1Compatibility\":\"{}\"}]}"
            .formatted(missing);

    client()
        .put(
            path("/manifests/1"),
            manifest.getBytes(UTF_8),
            "Content-Type",
            MediaTypes.DOCKER_SCHEMA1)
        .isError(404, "MANIFEST_BLOB_UNKNOWN", missing.toString());
  }
}
