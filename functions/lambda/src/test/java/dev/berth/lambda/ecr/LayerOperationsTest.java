package dev.berth.lambda.ecr;

import static dev.berth.lambda.ecr.SdkRegistry.ACCOUNT;
import static dev.berth.lambda.ecr.SdkRegistry.MISSING;
import static dev.berth.lambda.ecr.SdkRegistry.assertInvalid;
import static dev.berth.lambda.ecr.SdkRegistry.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.berth.core.oci.Algorithm;
import dev.berth.core.oci.Digest;
import java.net.URI;
import java.util.Arrays;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.EmptyUploadException;
import software.amazon.awssdk.services.ecr.model.InvalidLayerException;
import software.amazon.awssdk.services.ecr.model.InvalidLayerPartException;
import software.amazon.awssdk.services.ecr.model.Layer;
import software.amazon.awssdk.services.ecr.model.LayerAlreadyExistsException;
import software.amazon.awssdk.services.ecr.model.LayerAvailability;
import software.amazon.awssdk.services.ecr.model.LayerPartTooSmallException;
import software.amazon.awssdk.services.ecr.model.UploadNotFoundException;

/** InitiateLayerUpload, UploadLayerPart, CompleteLayerUpload, and what came of them. */
class LayerOperationsTest {

  private static final byte[] LAYER = bytes(2600);
  private static final Digest DIGEST = Digest.sha256(LAYER);

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
  void partsOfThePartSizeBecomeALayer() {
    byte[] layer = bytes(9000);
    var begun = ecr.initiateLayerUpload(r -> r.repositoryName("app"));
    int size = begun.partSize().intValue();

    assertThat(size).isEqualTo(4000);
    assertThat(part(begun.uploadId(), 0, Arrays.copyOfRange(layer, 0, size))).isEqualTo(3999);
    assertThat(part(begun.uploadId(), size, Arrays.copyOfRange(layer, size, 2 * size)))
        .isEqualTo(7999);
    assertThat(part(begun.uploadId(), 8000, Arrays.copyOfRange(layer, 8000, 9000))).isEqualTo(8999);
    var done =
        ecr.completeLayerUpload(
            r ->
                r.repositoryName("app")
                    .uploadId(begun.uploadId())
                    .layerDigests(Digest.sha256(layer).toString()));

    assertThat(done.registryId()).isEqualTo(ACCOUNT);
    assertThat(done.repositoryName()).isEqualTo("app");
    assertThat(done.uploadId()).isEqualTo(begun.uploadId());
    assertThat(done.layerDigest()).isEqualTo(Digest.sha256(layer).toString());
    assertThat(download(Digest.sha256(layer))).isEqualTo(layer);
  }

  @Test
  void aLayerMayBeNamedBySha512() {
    Digest digest = Algorithm.SHA512.digest(LAYER);

    assertThat(complete(registry.upload("app", LAYER), digest)).isEqualTo(digest.toString());
    assertThat(download(digest)).isEqualTo(LAYER);
  }

  @Test
  void theSameCompletionOnceMoreAnswersTheSame() {
    String id = registry.upload("app", LAYER);

    assertThat(complete(id, DIGEST)).isEqualTo(complete(id, DIGEST)).isEqualTo(DIGEST.toString());
  }

  @Test
  void aPartBeginsWhereTheUploadStands() {
    String id = begin();
    part(id, 0, bytes(1000));

    for (long first : new long[] {0, 999, 1001}) {
      var refused = refusedPart(id, first, first + 599, 600);
      assertThat(refused.registryId()).isEqualTo(ACCOUNT);
      assertThat(refused.repositoryName()).isEqualTo("app");
      assertThat(refused.uploadId()).isEqualTo(id);
      assertThat(refused.lastValidByteReceived()).isEqualTo(999);
    }
    assertThat(part(id, 1000, bytes(600))).isEqualTo(1599);
  }

  @Test
  void ofAnUploadWithoutPartsNoByteIsValid() {
    var refused = refusedPart(begin(), 1, 600, 600);

    assertThat(refused.lastValidByteReceived()).isNull();
    assertThat(refused.statusCode()).isEqualTo(400);
  }

  @Test
  void aPartIsAsLongAsItsRangeAndNoLongerThanThePartSize() {
    String id = begin();

    assertThat(refusedPart(id, 0, 598, 600).awsErrorDetails().errorMessage())
        .isEqualTo(
            "The layer part size is not valid, or the first byte specified is not consecutive to"
                + " the last byte of a previous layer part upload. The layer part has 600 bytes: it"
                + " has to be as long as its range and at most 4000.");
    refusedPart(id, 0, 600, 600);
    refusedPart(id, 0, Long.MAX_VALUE, 600);
    refusedPart(id, 0, 0, 0);
    refusedPart(id, 0, 4000, 4001);
    assertThat(part(id, 0, bytes(4000))).isEqualTo(3999);
  }

  @Test
  void aPartHasItsPlaceAndItsBytes() {
    String id = begin();

    assertInvalid(
        "partFirstByte",
        "must have value greater than or equal to 0",
        () -> uploadPart(id, -1L, 0L, new byte[2]));
    assertInvalid(
        "partLastByte",
        "must have value greater than or equal to 0",
        () -> uploadPart(id, 0L, -1L, new byte[0]));
    assertInvalid("partFirstByte", "must not be null", () -> uploadPart(id, null, 0L, new byte[1]));
    assertInvalid("partLastByte", "must not be null", () -> uploadPart(id, 0L, null, new byte[1]));
    assertInvalid(
        "layerPartBlob",
        "must not be null",
        () ->
            ecr.uploadLayerPart(
                r -> r.repositoryName("app").uploadId(id).partFirstByte(0L).partLastByte(0L)));
  }

  @Test
  void onlyTheLastPartMayBeSmall() {
    String id = begin();
    part(id, 0, Arrays.copyOfRange(LAYER, 0, 499));
    part(id, 499, Arrays.copyOfRange(LAYER, 499, 2600));

    assertRefused(
        LayerPartTooSmallException.class,
        "Layer parts must be at least 500 bytes in size.",
        () -> complete(id, DIGEST));
    assertMissing(DIGEST);
  }

  @Test
  void anUploadWithoutPartsIsEmpty() {
    assertRefused(
        EmptyUploadException.class,
        "The specified layer upload does not contain any layer parts.",
        () -> complete(begin(), Digest.sha256(new byte[0])));
  }

  @Test
  void aWrongDigestLeavesNothingVisibleAndEndsTheUpload() {
    String id = registry.upload("app", LAYER);

    assertRefused(
        InvalidLayerException.class,
        "The layer digest calculation performed by Amazon ECR upon receipt of the image layer does not match the digest specified. The layer's digest is '%s' but the request names '%s'"
            .formatted(DIGEST, MISSING),
        () -> complete(id, MISSING));
    assertMissing(MISSING);
    assertMissing(DIGEST);
    assertNotFound(id, () -> complete(id, DIGEST));
  }

  @Test
  void severalDigestsAllHaveToBeTheLayers() {
    assertThat(complete(registry.upload("app", LAYER), DIGEST, DIGEST))
        .isEqualTo(DIGEST.toString());
    var refused =
        catchThrowableOfType(
            InvalidLayerException.class,
            () -> complete(registry.upload("app", LAYER), DIGEST, MISSING));
    assertThat(refused).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "sha256", "sha256:", "sha256:00", "md5:00", "../../etc/passwd"})
  void aDigestFollowsTheModel(String digest) {
    String constraint = "must satisfy regular expression '[a-zA-Z0-9-_+.]+:[a-fA-F0-9]+'";

    assertInvalid("layerDigests", constraint, () -> complete(begin(), digest));
    assertInvalid(
        "layerDigest",
        constraint,
        () -> ecr.getDownloadUrlForLayer(r -> r.repositoryName("app").layerDigest(digest)));
  }

  @Test
  void aLayerThatTheRepositoryHasIsSaidSo() {
    complete(registry.upload("app", LAYER), DIGEST);

    assertRefused(
        LayerAlreadyExistsException.class,
        "The layer with digest '%s' already exists in the repository with name 'app' in registry with id '123456789012'"
            .formatted(DIGEST),
        () -> complete(registry.upload("app", LAYER), DIGEST));
  }

  @Test
  void anUploadIsItsRepositorysAlone() {
    registry.create("other");
    String id = registry.upload("app", LAYER);

    assertRefused(
        UploadNotFoundException.class,
        "The upload could not be found, or the specified upload ID is not valid for this repository. The upload with id '%s' could not be found in the repository with name 'other' in the registry with id '123456789012'"
            .formatted(id),
        () -> registry.complete("other", id, DIGEST));
  }

  @Test
  void anUploadThatWasNeverBegunIsNotFound() {
    String id = "00000000-0000-4000-8000-00000000000A";

    assertNotFound(id, () -> part(id, 0, LAYER));
    assertNotFound(id, () -> complete(id, DIGEST));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "00000000-0000-4000-8000-00000000000g"})
  void anUploadsIdIsAUuid(String id) {
    String constraint =
        "must satisfy regular expression"
            + " '[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}'";

    assertInvalid("uploadId", constraint, () -> part(id, 0, LAYER));
    assertInvalid("uploadId", constraint, () -> complete(id, DIGEST));
  }

  /** What the link leads to; that a store's own links are good is tested with the store. */
  private byte[] download(Digest digest) {
    var answer =
        ecr.getDownloadUrlForLayer(r -> r.repositoryName("app").layerDigest(digest.toString()));
    var link = URI.create(answer.downloadUrl());
    assertThat(answer.layerDigest()).isEqualTo(digest.toString());
    assertThat(link.getQuery()).isEqualTo("method=GET");
    return registry.objects.bytes(link.getPath().substring(1));
  }

  private void assertMissing(Object digest) {
    assertThat(
            ecr.batchCheckLayerAvailability(
                    r -> r.repositoryName("app").layerDigests(digest.toString()))
                .layers())
        .extracting(Layer::layerAvailability)
        .containsExactly(LayerAvailability.UNAVAILABLE);
  }

  private String begin() {
    return ecr.initiateLayerUpload(r -> r.repositoryName("app")).uploadId();
  }

  private long part(String uploadId, long first, byte[] bytes) {
    return registry.part("app", uploadId, first, bytes);
  }

  private InvalidLayerPartException refusedPart(String id, long first, long last, int length) {
    var refused =
        catchThrowableOfType(
            InvalidLayerPartException.class, () -> uploadPart(id, first, last, bytes(length)));
    assertThat(refused).as("%d-%d with %d bytes", first, last, length).isNotNull();
    return refused;
  }

  private void uploadPart(String id, Long first, Long last, byte[] bytes) {
    ecr.uploadLayerPart(
        r ->
            r.repositoryName("app")
                .uploadId(id)
                .partFirstByte(first)
                .partLastByte(last)
                .layerPartBlob(SdkBytes.fromByteArray(bytes)));
  }

  private String complete(String uploadId, Object... digests) {
    return registry.complete("app", uploadId, digests);
  }

  private static void assertNotFound(String id, ThrowingCallable call) {
    assertRefused(
        UploadNotFoundException.class,
        "The upload could not be found, or the specified upload ID is not valid for this repository. The upload with id '%s' could not be found in the repository with name 'app' in the registry with id '123456789012'"
            .formatted(id),
        call);
  }

  private static byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    new Random(count).nextBytes(bytes);
    return bytes;
  }
}
