package dev.berth.lambda.oci;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.berth.core.oci.Digest;
import dev.berth.lambda.oci.OciClient.Answer;
import java.util.Arrays;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How blobs are pushed, in every form, and pulled. */
abstract class BlobExchanges extends ExchangesFixture {

  private static final byte[] BLOB = Samples.bytes(1000);
  private static final Digest DIGEST = Digest.sha256(BLOB);

  @Test
  void anUploadBeginsOnTheRegistrysOwnHost() {
    Answer answer = client().post(path("/blobs/uploads/")).is(202).has("Range", "0-0");

    String id = answer.header("Docker-Upload-UUID").orElseThrow();
    assertThat(answer.location())
        .startsWith(path("/blobs/uploads/" + id + "?_state="))
        .matches("[A-Za-z0-9/?=._~-]+");
    answer.has("OCI-Chunk-Min-Length", Long.toString(TestRegistry.SMALLEST_CHUNK));
  }

  @Test
  void aBlobComesWithTheCommit() {
    Answer answer = client().put(begin() + "&digest=" + DIGEST, BLOB).is(201).hasDigest(DIGEST);

    assertThat(answer.location()).isEqualTo(path("/blobs/" + DIGEST));
    assertThat(pull(DIGEST)).isEqualTo(BLOB);
  }

  @Test
  void aBlobIsStreamedAndThenCommitted() {
    Answer streamed = client().sendChunked("PATCH", begin(), BLOB).is(202).has("Range", "0-999");

    client().put(streamed.location() + "&digest=" + DIGEST, new byte[0]).is(201);
    assertThat(pull(DIGEST)).isEqualTo(BLOB);
  }

  @Test
  void aBlobComesInChunks() {
    String location = begin();
    for (int from = 0; from < 900; from += 300) {
      location = chunk(location, from, from + 300).is(202).location();
    }

    client()
        .put(
            location + "&digest=" + DIGEST,
            Arrays.copyOfRange(BLOB, 900, 1000),
            "Content-Range",
            "900-999")
        .is(201);
    assertThat(pull(DIGEST)).isEqualTo(BLOB);
  }

  @Test
  void aBlobComesInASingleRequest() {
    client().send("POST", path("/blobs/uploads/?digest=" + DIGEST), BLOB).is(201).hasDigest(DIGEST);

    assertThat(pull(DIGEST)).isEqualTo(BLOB);
  }

  @Test
  void aPostThatNamesADigestAndSendsNothingBeginsAnUpload() {
    String location = client().post(path("/blobs/uploads/?digest=" + DIGEST)).is(202).location();

    client().put(location + "&digest=" + DIGEST, BLOB).is(201);
  }

  @Test
  void aBlobLargerThanALambdaTakesPassesWhereTheEdgeStreams() {
    needsBodiesOf(20 << 20);
    byte[] large = Samples.bytes(20 << 20);
    Digest digest = Digest.sha256(large);
    Answer streamed = client().sendChunked("PATCH", begin(), large).is(202);

    client().put(streamed.location() + "&digest=" + digest, new byte[0]).is(201);
    assertThat(pull(digest)).isEqualTo(large);
  }

  @Test
  void anEmptyBlobIsABlob() {
    Digest empty = pushBlob(new byte[0]);

    assertThat(pull(empty)).isEmpty();
  }

  @Test
  void aSha512DigestNamesABlobToo() {
    Digest digest = sha512(BLOB);
    String location =
        client().post(path("/blobs/uploads/?digest-algorithm=sha512")).is(202).location();
    client().put(location + "&digest=" + digest, BLOB).is(201).hasDigest(digest);

    assertThat(pull(digest)).isEqualTo(BLOB);
  }

  @Test
  void theOrderOfTheQueryDoesNotMatter() {
    String[] location = begin().split("\\?");
    String digest = DIGEST.toString().replace(":", "%3A");

    client().put(location[0] + "?digest=" + digest + "&" + location[1], BLOB).is(201);
  }

  @Test
  void aPatchMayCarryTheDigestOfAPutThatFailed() {
    client().patch(begin() + "&digest=" + DIGEST, BLOB).is(202);
  }

  @Test
  void aChunkOutOfOrderIsToldWhereToGoOn() {
    String location = chunk(begin(), 0, 300).is(202).location();

    chunk(location, 500, 600).isError(416, "BLOB_UPLOAD_INVALID", "300").has("Range", "0-299");
    chunk(location, 300, 600).is(202).has("Range", "0-599");
  }

  @Test
  void aContentRangeWithAUnitIsRefused() {
    client()
        .patch(begin(), BLOB, "Content-Range", "bytes 0-999/1000")
        .isError(400, "BLOB_UPLOAD_INVALID", "Content-Range");
  }

  @Test
  void theStatusSaysWhereAnUploadStands() {
    String location = chunk(begin(), 0, 300).is(202).location();

    Answer status = client().get(location).is(204).has("Range", "0-299");
    chunk(status.location(), 300, 600).is(202);
  }

  @Test
  void anUploadThatIsCancelledIsGone() {
    String location = chunk(begin(), 0, 300).is(202).location();

    client().delete(location).is(204);
    client().get(location).isError(404, "BLOB_UPLOAD_UNKNOWN");
  }

  @Test
  void aCommitTwiceIsACommit() {
    String commit = client().patch(begin(), BLOB).is(202).location() + "&digest=" + DIGEST;
    client().put(commit, new byte[0]).is(201);

    client().put(commit, new byte[0]).is(201);
  }

  @Test
  void aWrongDigestLeavesNothingVisible() {
    Digest other = Digest.sha256("other".getBytes(UTF_8));

    client().put(begin() + "&digest=" + other, BLOB).isError(400, "DIGEST_INVALID");
    client().get(path("/blobs/" + other)).isError(404, "BLOB_UNKNOWN");
    client().get(path("/blobs/" + DIGEST)).isError(404, "BLOB_UNKNOWN");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "&digest=sha256:12", "&digest=md5:0123", "&digest=%00"})
  void aCommitNeedsADigest(String query) {
    client().put(begin() + query, BLOB).isError(400, "DIGEST_INVALID");
  }

  @Test
  void anAlgorithmThatIsUnknownIsRefused() {
    client()
        .post(path("/blobs/uploads/?digest-algorithm=md5"))
        .isError(400, "DIGEST_INVALID", "md5");
  }

  @Test
  void anUploadIsKnownByItsStateAlone() {
    String location = begin();
    String id = UUID.randomUUID().toString();

    client().patch(path("/blobs/uploads/" + id), BLOB).isError(404, "BLOB_UPLOAD_UNKNOWN", id);
    client().patch(location + "x", BLOB).isError(404, "BLOB_UPLOAD_UNKNOWN");
    client()
        .patch(location.replaceAll("uploads/[^?]+", "uploads/" + id), BLOB)
        .isError(404, "BLOB_UPLOAD_UNKNOWN");
  }

  @Test
  void anUploadStaysInItsRepository() {
    String other = "team/other-" + UUID.randomUUID();
    registry().createRepository(other, false);

    client().patch(begin().replace(name(), other), BLOB).isError(404, "BLOB_UPLOAD_UNKNOWN");
  }

  @Test
  void aBlobIsMountedFromAnotherRepository() {
    pushBlob(BLOB);
    String other = "team/other-" + UUID.randomUUID();
    registry().createRepository(other, false);

    client()
        .post("/v2/%s/blobs/uploads/?mount=%s&from=%s".formatted(other, DIGEST, name()))
        .is(201)
        .hasDigest(DIGEST)
        .has("Location", "/v2/%s/blobs/%s".formatted(other, DIGEST));
    assertThat(client().head("/v2/%s/blobs/%s".formatted(other, DIGEST)).status()).isIn(200, 307);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "&from=no/such", "&from=..%2Fx", "&from="})
  void aMountThatCannotBeMadeIsAnUpload(String from) {
    String location =
        client().post(path("/blobs/uploads/?mount=" + DIGEST + from)).is(202).location();

    client().put(location + "&digest=" + DIGEST, BLOB).is(201);
  }

  @Test
  void aMountFromWhatMayNotBeReadIsAnUpload() {
    pushBlob(BLOB);
    String other = "team/other-" + UUID.randomUUID();
    registry().createRepository(other, false);
    registry().deny("GetDownloadUrlForLayer", name());

    client()
        .post("/v2/%s/blobs/uploads/?mount=%s&from=%s".formatted(other, DIGEST, name()))
        .is(202);
  }

  @Test
  void aHeadSaysHowLargeABlobIs() {
    pushBlob(BLOB);
    Answer answer = client().head(path("/blobs/" + DIGEST));
    assumeTrue(answer.status() != 307, "the store answers behind the link");

    answer.is(200).hasDigest(DIGEST).has("Content-Length", "1000").has("Accept-Ranges", "bytes");
    assertThat(answer.body()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "0-9,0,9",
    "990-,990,999",
    "-10,990,999",
    "-5000,0,999",
    "10-99999999999999999999,10,999"
  })
  void aRangeOfABlobIsAnswered(String range, int first, int last) {
    pushBlob(BLOB);
    Answer answer = client().get(path("/blobs/" + DIGEST), "Range", "bytes=" + range);
    assumeTrue(answer.status() != 307, "the store answers behind the link");

    answer.is(206).has("Content-Range", "bytes %d-%d/1000".formatted(first, last));
    assertThat(answer.body()).isEqualTo(Arrays.copyOfRange(BLOB, first, last + 1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=1000-", "bytes=-0", "bytes=99999999999999999999-"})
  void aRangeBehindTheEndIsRefused(String range) {
    pushBlob(BLOB);

    client()
        .get(path("/blobs/" + DIGEST), "Range", range)
        .isError(416, "SIZE_INVALID", "1000")
        .has("Content-Range", "bytes */1000");
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=0-1,5-6", "bytes=-", "bytes=9-1", "lines=0-1", "bytes=a-b"})
  void anyOtherRangeIsTheWholeBlob(String range) {
    pushBlob(BLOB);
    Answer answer = client().get(path("/blobs/" + DIGEST), "Range", range);
    assumeTrue(answer.status() != 307, "the store answers behind the link");

    assertThat(answer.is(200).body()).isEqualTo(BLOB);
  }

  private Answer chunk(String location, int from, int to) {
    return client()
        .patch(
            location,
            Arrays.copyOfRange(BLOB, from, to),
            "Content-Range",
            "%d-%d".formatted(from, to - 1));
  }
}
