package dev.berth.registry.upload;

import static dev.berth.registry.upload.Pushes.ACCOUNT;
import static dev.berth.registry.upload.Pushes.APP;
import static dev.berth.registry.upload.Pushes.UPLOADER;
import static dev.berth.registry.upload.Pushes.broken;
import static dev.berth.registry.upload.Pushes.bytes;
import static dev.berth.registry.upload.Pushes.slice;
import static dev.berth.registry.upload.Pushes.streamed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.berth.core.oci.Algorithm;
import dev.berth.core.oci.Digest;
import dev.berth.core.oci.RepositoryName;
import dev.berth.registry.RegistryException.BodyTruncated;
import dev.berth.registry.RegistryException.InvalidLayer;
import dev.berth.registry.RegistryException.InvalidLayerPart;
import dev.berth.registry.RegistryException.RepositoryNotFound;
import dev.berth.registry.RegistryException.UploadNotFound;
import dev.berth.registry.layer.LayerLink;
import dev.berth.registry.store.MemoryObjects;
import java.io.ByteArrayInputStream;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UploadsTest {

  private final Pushes pushes = new Pushes();

  // One body

  @Test
  void aStreamedLayerTakesThreeTableCallsAndOneObjectWrite() {
    var real = new Pushes(new MemoryObjects(MemoryObjects.FIVE_MIB), PartSizes.defaults());
    byte[] layer = bytes(5 << 20);

    Upload begun = real.begin();
    Upload sent = real.append(begun, streamed(layer));
    assertThat(real.table.takeCalls()).isOne();
    real.commit(sent, Digest.sha256(layer));

    assertThat(real.table.takeCalls()).isEqualTo(2);
    assertThat(real.objects.takeWrites()).isOne();
    real.assertPushed(APP, layer, 1);
  }

  @Test
  void aLayerInThePutTakesThreeTableCallsAndOneObjectWrite() {
    byte[] layer = bytes(900);

    pushes.commit(pushes.begin(), Digest.sha256(layer), streamed(layer));

    assertThat(pushes.table.takeCalls()).isEqualTo(3);
    assertThat(pushes.objects.takeWrites()).isOne();
    pushes.assertPushed(APP, layer, 1);
  }

  @Test
  void aLayerInThePostTakesThreeTableCalls() {
    byte[] layer = bytes(900);

    pushes.uploads.uploadWhole(UPLOADER, Digest.sha256(layer), Body.of(layer));

    assertThat(pushes.table.takeCalls()).isEqualTo(3);
    pushes.assertPushed(APP, layer, 1);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 1023, 1024, 1025, 2048, 2049, 8192, 8193, 9216, 9217, 100_000})
  void aStreamOfAnyLengthIsOneObject(int length) {
    byte[] layer = bytes(length);

    Upload sent = pushes.append(pushes.begin(), streamed(layer));

    assertThat(sent.received()).isEqualTo(length);
    assertThat(pushes.objects.openMultiparts()).isZero();
    pushes.commit(sent, Digest.sha256(layer));
    pushes.assertPushed(APP, layer, 1);
    assertThat(pushes.objects.keys()).hasSize(1);
  }

  @Test
  void aLayerMayBeEmpty() {
    byte[] nothing = {};

    pushes.commit(pushes.append(pushes.begin(), streamed(nothing)), Digest.sha256(nothing));

    pushes.assertPushed(APP, nothing, 1);
  }

  @Test
  void theHashIsTheOneThatTheCommitNames() {
    byte[] layer = bytes(3000);
    Digest digest = Algorithm.SHA512.digest(layer);

    LayerLink link = pushes.commit(pushes.append(pushes.begin(), Body.of(layer)), digest);

    assertThat(link.digest()).isEqualTo(digest);
    assertThat(pushes.objects.bytes(link.objectKey())).isEqualTo(layer);
  }

  @Test
  void anAnnouncedAlgorithmSparesTheSecondReading() {
    byte[] layer = bytes(3000);
    Digest digest = Algorithm.SHA512.digest(layer);
    Upload begun = pushes.uploads.begin(UPLOADER, Optional.of(Algorithm.SHA512));

    Upload sent = pushes.append(begun, Body.of(layer));

    assertThat(Ticket.open(pushes.sealer, sent.state()).orElseThrow().whole())
        .map(Ticket.Whole::digest)
        .contains(digest);
    assertThat(pushes.commit(sent, digest).digest()).isEqualTo(digest);
  }

  @Test
  void aFurtherStreamGoesBehindTheFirst() {
    byte[] layer = bytes(5000);

    Upload first = pushes.append(pushes.begin(), streamed(slice(layer, 0, 2500)));
    Upload second = pushes.append(first, streamed(slice(layer, 2500, 2600)));
    Upload third = pushes.append(second, streamed(slice(layer, 2600, 5000)));
    pushes.commit(third, Digest.sha256(layer));

    pushes.assertPushed(APP, layer, 1);
  }

  @Test
  void theRestOfALayerMayComeWithThePut() {
    byte[] layer = bytes(5000);

    Upload sent = pushes.append(pushes.begin(), streamed(slice(layer, 0, 3000)));
    pushes.commit(sent, Digest.sha256(layer), streamed(slice(layer, 3000, 5000)));

    pushes.assertPushed(APP, layer, 1);
  }

  @Test
  void aRepositoryThatIsNotThereTakesNoUploads() {
    var nowhere = new Uploader(ACCOUNT, new RepositoryName("none"), "AIDAUPLOADER");

    assertThatThrownBy(() -> pushes.uploads.begin(nowhere, Optional.empty()))
        .isInstanceOf(RepositoryNotFound.class);
    assertThatThrownBy(
            () -> pushes.uploads.uploadWhole(nowhere, Digest.sha256(bytes(1)), Body.of(bytes(1))))
        .isInstanceOf(RepositoryNotFound.class);
    assertThat(pushes.objects.takeWrites()).isZero();
  }

  // What is wrong with a body

  @ParameterizedTest
  @ValueSource(ints = {10, 5000, 20_000})
  void aWrongDigestLeavesNothingVisible(int length) {
    byte[] layer = bytes(length);
    Digest wrong = Digest.sha256(new byte[0]);
    Upload sent = pushes.append(pushes.begin(), streamed(layer));

    assertThatThrownBy(() -> pushes.commit(sent, wrong)).isInstanceOf(InvalidLayer.class);

    pushes.assertNothingIsThere(layer);
    assertThatThrownBy(() -> pushes.commit(sent, Digest.sha256(layer)))
        .isInstanceOf(UploadNotFound.class);
  }

  @Test
  void aWrongDigestInThePostLeavesNothingVisible() {
    byte[] layer = bytes(5000);

    assertThatThrownBy(
            () -> pushes.uploads.uploadWhole(UPLOADER, Digest.sha256(new byte[0]), Body.of(layer)))
        .isInstanceOf(InvalidLayer.class);
    pushes.assertNothingIsThere(layer);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 700, 1024, 1500, 8192, 9000, 30_000})
  void aBrokenStreamIsResumedWhereItsStatusSays(int arrived) {
    byte[] layer = bytes(40_000);
    Upload begun = pushes.begin();

    assertThatThrownBy(() -> pushes.append(begun, broken(slice(layer, 0, arrived))))
        .isInstanceOf(BodyTruncated.class);
    assertThat(pushes.layers.stat(ACCOUNT, APP, Digest.sha256(layer))).isEmpty();

    Upload resumed = pushes.status(begun);
    assertThat(resumed.received()).isEqualTo(arrived);
    Upload sent = pushes.chunk(resumed, slice(layer, arrived, layer.length));
    pushes.commit(sent, Digest.sha256(layer));
    pushes.assertPushed(APP, layer, 1);
  }

  @Test
  void aBodyShorterThanAnnouncedIsTruncated() {
    byte[] layer = bytes(3000);
    var body = new Body(new ByteArrayInputStream(layer), OptionalLong.of(3001));
    Upload begun = pushes.begin();

    assertThatThrownBy(() -> pushes.commit(begun, Digest.sha256(layer), body))
        .isInstanceOf(BodyTruncated.class)
        .hasMessage("The body ended after 3000 bytes of 3001.");
    assertThat(pushes.layers.stat(ACCOUNT, APP, Digest.sha256(layer))).isEmpty();
  }

  // Chunks

  @Test
  void chunksBecomeOneObject() {
    byte[] layer = bytes(10_000);
    Upload upload = pushes.begin();
    for (int from = 0; from < layer.length; from += 300) {
      upload = pushes.chunk(upload, slice(layer, from, Math.min(from + 300, layer.length)));
    }
    pushes.commit(upload, Digest.sha256(layer));

    pushes.assertPushed(APP, layer, 1);
    assertThat(pushes.objects.keys()).hasSize(1);
    assertThat(pushes.objects.openMultiparts()).isZero();
  }

  @Test
  void theHashOfChunksIsCarriedOn() {
    byte[] layer = bytes(3000);
    Upload first = pushes.chunk(pushes.begin(), slice(layer, 0, 1000));
    pushes.chunk(first, slice(layer, 1000, 3000));

    var fence = new Fence(pushes.table, binding(first), 0);

    assertThat(fence.read().orElseThrow().content().hash().by(Algorithm.SHA256))
        .contains(Digest.sha256(layer));
  }

  @Test
  void aChunkThatDoesNotBeginWhereTheUploadStandsIsRefused() {
    byte[] layer = bytes(3000);
    Upload first = pushes.chunk(pushes.begin(), slice(layer, 0, 1000));

    for (long begin : new long[] {0, 999, 1001}) {
      var refused =
          catchThrowableOfType(
              InvalidLayerPart.class,
              () -> pushes.chunk(first, new ContentRange(begin, begin + 9), Body.of(bytes(10))));
      assertThat(refused.received()).isEqualTo(1000);
    }
    pushes.commit(pushes.chunk(first, slice(layer, 1000, 3000)), Digest.sha256(layer));
    pushes.assertPushed(APP, layer, 1);
  }

  @ParameterizedTest
  @ValueSource(ints = {9, 11})
  void aChunkOfAnotherLengthThanItsRangeIsRefused(int length) {
    Upload begun = pushes.begin();
    var range = new ContentRange(0, 9);

    assertThatThrownBy(() -> pushes.chunk(begun, range, Body.of(bytes(length))))
        .isInstanceOf(InvalidLayerPart.class);
    assertThatThrownBy(() -> pushes.chunk(begun, range, streamed(bytes(length))))
        .isInstanceOfAny(InvalidLayerPart.class, BodyTruncated.class);
  }

  @Test
  void aChunkIsTakenWithAnOldState() {
    byte[] layer = bytes(3000);
    Upload begun = pushes.begin();
    pushes.chunk(begun, slice(layer, 0, 1000));

    Upload sent =
        pushes.chunk(begun, new ContentRange(1000, 2999), Body.of(slice(layer, 1000, 3000)));
    pushes.commit(begun, Digest.sha256(layer));

    assertThat(sent.received()).isEqualTo(3000);
    pushes.assertPushed(APP, layer, 1);
  }

  @Test
  void theLastChunkMayComeWithThePut() {
    byte[] layer = bytes(3000);
    Upload sent = pushes.chunk(pushes.begin(), slice(layer, 0, 2000));
    var wrong = Optional.of(new ContentRange(2001, 2999));
    var right = Optional.of(new ContentRange(2000, 2999));

    assertThatThrownBy(() -> commit(sent, layer, wrong, slice(layer, 2001, 3000)))
        .isInstanceOf(InvalidLayerPart.class);
    commit(sent, layer, right, slice(layer, 2000, 3000));

    pushes.assertPushed(APP, layer, 1);
  }

  private void commit(Upload upload, byte[] layer, Optional<ContentRange> range, byte[] rest) {
    pushes.uploads.commit(
        UPLOADER, upload.id(), upload.state(), Digest.sha256(layer), range, Body.of(rest));
  }

  private Binding binding(Upload upload) {
    return Ticket.open(pushes.sealer, upload.state()).orElseThrow().binding();
  }
}
