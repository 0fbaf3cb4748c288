package dev.berth.lambda.oci;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.oci.Digest;
import dev.berth.core.oci.ManifestReader;
import dev.berth.core.oci.MediaTypes;
import dev.berth.lambda.oci.OciClient.Answer;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How manifests are pushed, pulled and deleted. */
abstract class ManifestExchanges extends BlobExchanges {

  @Test
  void anImageIsPulledByTagAndByDigest() {
    byte[] image = pushImage("1", "a");
    Digest digest = Digest.sha256(image);

    for (String reference : new String[] {"1", digest.toString()}) {
      Answer answer = client().get(path("/manifests/" + reference)).is(200).hasDigest(digest);
      assertThat(answer.body()).isEqualTo(image);
      answer.has("Content-Type", OCI_IMAGE);
    }
  }

  @Test
  void aHeadSaysWhatAGetWould() {
    byte[] image = pushImage("1", "a");

    Answer answer =
        client()
            .head(path("/manifests/1"))
            .is(200)
            .hasDigest(Digest.sha256(image))
            .has("Content-Type", OCI_IMAGE)
            .has("Content-Length", Integer.toString(image.length));
    assertThat(answer.body()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"*/*", MediaTypes.OCI_IMAGE, "nonsense", MediaTypes.OCI_INDEX})
  void aManifestIsAnsweredAsItWasPushedUnlessItCanBeConverted(String accept) {
    byte[] image = pushImage("1", "a");

    Answer answer = client().get(path("/manifests/1"), "Accept", accept).is(200);
    assertThat(answer.body()).isEqualTo(image);
    answer.has("Content-Type", OCI_IMAGE);
  }

  @Test
  void aPushSaysWhereTheManifestIs() {
    pushBlob(Samples.CONFIG);
    String image = Samples.image(Samples.CONFIG);
    Digest digest = Digest.sha256(image.getBytes(UTF_8));

    pushManifest("1", image)
        .is(201)
        .hasDigest(digest)
        .has("Location", path("/manifests/" + digest));
  }

  @Test
  void aManifestMayComeWithoutItsLength() {
    pushBlob(Samples.CONFIG);
    byte[] image = Samples.image(Samples.CONFIG).getBytes(UTF_8);

    client().sendChunked("PUT", path("/manifests/1"), image, "Content-Type", OCI_IMAGE).is(201);
  }

  @Test
  void aPushByDigestHasNoTag() {
    pushBlob(Samples.CONFIG);
    String image = Samples.image(Samples.CONFIG);

    pushManifest(Digest.sha256(image.getBytes(UTF_8)).toString(), image).is(201);
    assertThat(texts(client().get(path("/tags/list")).json().path("tags"))).isEmpty();
  }

  @Test
  void aPushBySha512IsFoundByIt() {
    pushBlob(Samples.CONFIG);
    String image = Samples.image(Samples.CONFIG);
    Digest digest = sha512(image.getBytes(UTF_8));

    pushManifest(digest.toString(), image).is(201).hasDigest(digest);
    client().get(path("/manifests/" + digest)).is(200).hasDigest(digest);
  }

  @Test
  void aDigestThatIsNotTheManifestsIsRefused() {
    pushBlob(Samples.CONFIG);

    pushManifest(Digest.sha256(new byte[1]).toString(), Samples.image(Samples.CONFIG))
        .isError(400, "DIGEST_INVALID");
  }

  @Test
  void anIndexIsPushedBehindItsImages() {
    byte[] image = pushImage("1", "a");
    String index = Samples.index(image);

    client()
        .put(path("/manifests/2"), index.getBytes(UTF_8), "Content-Type", MediaTypes.OCI_INDEX)
        .is(201);
    client().get(path("/manifests/2")).is(200).has("Content-Type", MediaTypes.OCI_INDEX);
    client()
        .delete(path("/manifests/" + Digest.sha256(image)))
        .isError(400, "UNSUPPORTED", "Requested image referenced by manifest list: [");
  }

  @Test
  void anIndexWithoutItsImagesIsRefused() {
    byte[] missing = "{}".getBytes(UTF_8);

    Answer answer =
        client()
            .put(
                path("/manifests/2"),
                Samples.index(missing).getBytes(UTF_8),
                "Content-Type",
                MediaTypes.OCI_INDEX)
            .isError(404, "MANIFEST_BLOB_UNKNOWN", "Images with digests '[", "do not exist");
    assertThat(texts(answer.json().at("/errors/0/detail/digests")))
        .containsExactly(Digest.sha256(missing).toString());
  }

  @Test
  void everyBlobThatIsMissingIsNamed() {
    byte[] layer = Samples.bytes(10);

    Answer answer =
        pushManifest("1", Samples.image(Samples.CONFIG, layer))
            .isError(404, "MANIFEST_BLOB_UNKNOWN");
    assertThat(texts(answer.json().at("/errors/0/detail/digests")))
        .containsExactlyInAnyOrder(
            Digest.sha256(Samples.CONFIG).toString(), Digest.sha256(layer).toString());
  }

  @Test
  void aSubjectIsConfirmedAndNeedNotExist() {
    pushBlob(Samples.CONFIG);
    Digest subject = Digest.sha256("elsewhere".getBytes(UTF_8));

    pushManifest("1", Samples.image(Samples.CONFIG, Optional.of(subject), "a"))
        .is(201)
        .has("OCI-Subject", subject.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "null", "{\"schemaVersion\":2}", "{\"schemaVersion\":1}"})
  void whatIsNoManifestIsRefused(String body) {
    pushManifest("1", body).isError(400, "MANIFEST_INVALID");
  }

  @Test
  void aManifestOfAnUnknownTypeIsRefusedByItsName() {
    client()
        .put(path("/manifests/1"), "{}".getBytes(UTF_8), "Content-Type", "text/plain")
        .isError(400, "MANIFEST_INVALID", "text/plain");
  }

  @Test
  void aManifestMayHave4MiBAndNoMore() {
    int limit = ManifestReader.MAX_BYTES;
    pushBlob(Samples.CONFIG);
    String image = Samples.image(Samples.CONFIG);
    String largest = image + " ".repeat(limit - image.length());

    pushManifest("1", largest).is(201);
    pushManifest("2", largest + " ").isError(413, "MANIFEST_INVALID", Integer.toString(limit));
    client()
        .sendChunked(
            "PUT", path("/manifests/3"), (largest + " ").getBytes(UTF_8), "Content-Type", OCI_IMAGE)
        .isError(413, "MANIFEST_INVALID", Integer.toString(limit));
  }

  @Test
  void aTagMovesToTheImageThatIsPushedLast() {
    pushImage("1", "a");
    byte[] second = pushImage("1", "b");

    client().get(path("/manifests/1")).is(200).hasDigest(Digest.sha256(second));
  }

  @Test
  void anImmutableTagStaysWhereItIs() {
    String fixed = "team/fixed-" + UUID.randomUUID();
    registry().createRepository(fixed, true);
    client()
        .send(
            "POST",
            "/v2/%s/blobs/uploads/?digest=%s".formatted(fixed, Digest.sha256(Samples.CONFIG)),
            Samples.CONFIG)
        .is(201);

    pushTo(fixed, Samples.image(Samples.CONFIG)).is(201);
    pushTo(fixed, Samples.image(Samples.CONFIG)).is(201);
    pushTo(fixed, Samples.image(Samples.CONFIG) + " ")
        .isError(
            400,
            "TAG_INVALID",
            "The image tag '1' already exists in the '%s' repository and cannot be overwritten because the repository is immutable."
                .formatted(fixed));
  }

  private Answer pushTo(String repository, String manifest) {
    return client()
        .put(
            "/v2/%s/manifests/1".formatted(repository),
            manifest.getBytes(UTF_8),
            "Content-Type",
            OCI_IMAGE);
  }

  @Test
  void aTagIsDeletedWithoutItsImage() {
    Digest digest = Digest.sha256(pushImage("1", "a"));

    client().delete(path("/manifests/1")).is(202);
    client()
        .get(path("/manifests/1"))
        .isError(404, "MANIFEST_UNKNOWN", "Requested image not found");
    client().get(path("/manifests/" + digest)).is(200);
    client().delete(path("/manifests/1")).isError(404, "MANIFEST_UNKNOWN");
  }

  @Test
  void anImageIsDeletedWithItsTags() {
    Digest digest = Digest.sha256(pushImage("1", "a"));

    client().delete(path("/manifests/" + digest)).is(202);
    client().get(path("/manifests/" + digest)).isError(404, "MANIFEST_UNKNOWN");
    client().get(path("/manifests/1")).isError(404, "MANIFEST_UNKNOWN");
    client().delete(path("/manifests/" + digest)).isError(404, "MANIFEST_UNKNOWN");
  }

  @ParameterizedTest
  @ValueSource(strings = {".INVALID_MANIFEST_NAME", "-x", "a%20b", "%00", "x%0Ay"})
  void whatCannotBeATagIsNotFoundAndNotPushed(String tag) {
    client().get(path("/manifests/" + tag)).isError(404, "MANIFEST_UNKNOWN");
    client().delete(path("/manifests/" + tag)).isError(404, "MANIFEST_UNKNOWN");
    pushManifest(tag, "{}").isError(400, "TAG_INVALID");
  }

  @Test
  void aTagHas128CharactersAtMost() {
    byte[] image = pushImage("t".repeat(128), "a");

    client().get(path("/manifests/" + "t".repeat(128))).is(200).hasDigest(Digest.sha256(image));
    pushManifest("t".repeat(129), "{}").isError(400, "TAG_INVALID", "128");
  }

  @ParameterizedTest
  @ValueSource(strings = {"sha256:12", "sha256:", "md5:00", "a:b"})
  void aMalformedDigestIsRefused(String digest) {
    client().get(path("/manifests/" + digest)).isError(400, "DIGEST_INVALID", digest);
    client().get(path("/blobs/" + digest)).isError(400, "DIGEST_INVALID", digest);
    pushManifest(digest, "{}").isError(400, "DIGEST_INVALID", digest);
  }
}
