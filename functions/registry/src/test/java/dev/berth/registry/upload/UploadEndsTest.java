package dev.berth.registry.upload;

import static dev.berth.registry.upload.Pushes.ACCOUNT;
import static dev.berth.registry.upload.Pushes.APP;
import static dev.berth.registry.upload.Pushes.CHECKPOINT;
import static dev.berth.registry.upload.Pushes.OTHER;
import static dev.berth.registry.upload.Pushes.UPLOADER;
import static dev.berth.registry.upload.Pushes.bytes;
import static dev.berth.registry.upload.Pushes.streamed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.core.oci.Digest;
import dev.berth.core.oci.RepositoryName;
import dev.berth.registry.RegistryException.RepositoryNotFound;
import dev.berth.registry.RegistryException.UploadNotFound;
import dev.berth.registry.layer.Blob;
import dev.berth.registry.layer.LayerLink;
import dev.berth.registry.store.Action;
import dev.berth.registry.store.Keys;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose an upload is, how it ends, and what it leaves. */
class UploadEndsTest {

  private final Pushes pushes = new Pushes();

  // Whose upload it is

  @Test
  void aStateThatIsNotTheUploadersIsRefused() {
    Upload upload = pushes.begin();
    var someoneElse = new Uploader(ACCOUNT, APP, "AIDAELSE");
    var elsewhere = new Uploader(ACCOUNT, OTHER, UPLOADER.principalId());
    var otherRegistry = new Uploader("210987654321", APP, UPLOADER.principalId());

    assertRefused(someoneElse, upload.id(), upload.state());
    assertRefused(elsewhere, upload.id(), upload.state());
    assertRefused(otherRegistry, upload.id(), upload.state());
    assertRefused(UPLOADER, pushes.begin().id(), upload.state());
    assertRefused(UPLOADER, upload.id(), upload.state() + "x");
    assertRefused(UPLOADER, upload.id(), "");
  }

  private void assertRefused(Uploader uploader, String id, String state) {
    assertThatThrownBy(
            () -> pushes.uploads.append(uploader, id, state, Optional.empty(), Body.of(bytes(1))))
        .isInstanceOf(UploadNotFound.class);
    assertThatThrownBy(() -> pushes.uploads.status(uploader, id, state))
        .isInstanceOf(UploadNotFound.class);
    assertThatThrownBy(() -> pushes.uploads.cancel(uploader, id, state))
        .isInstanceOf(UploadNotFound.class);
  }

  @Test
  void anUploadEndsAfterADay() {
    Upload sent = pushes.append(pushes.begin(), Body.of(bytes(10)));
    pushes.pass(Duration.ofHours(24));

    assertThatThrownBy(() -> pushes.commit(sent, Digest.sha256(bytes(10))))
        .isInstanceOf(UploadNotFound.class);
  }

  @Test
  void anUploadDoesNotOutliveItsRepository() {
    Upload sent = pushes.append(pushes.begin(), Body.of(bytes(10)));
    pushes.repositories.delete(ACCOUNT, APP, true);
    assertThatThrownBy(() -> pushes.commit(sent, Digest.sha256(bytes(10))))
        .isInstanceOf(RepositoryNotFound.class);

    pushes.create(APP);

    assertThatThrownBy(() -> pushes.commit(sent, Digest.sha256(bytes(10))))
        .isInstanceOf(UploadNotFound.class);
  }

  // Ends

  @ParameterizedTest
  @ValueSource(ints = {10, 20_000})
  void aCancelledUploadIsGone(int length) {
    byte[] layer = bytes(length);
    Upload sent = pushes.append(pushes.begin(), streamed(layer));

    pushes.cancel(sent);

    assertThatThrownBy(() -> pushes.commit(sent, Digest.sha256(layer)))
        .isInstanceOf(UploadNotFound.class);
    assertThatThrownBy(() -> pushes.status(sent)).isInstanceOf(UploadNotFound.class);
    assertThatThrownBy(() -> pushes.cancel(sent)).isInstanceOf(UploadNotFound.class);
    pushes.assertNothingIsThere(layer);
  }

  @Test
  void aCancelledUploadLeavesNoParts() {
    byte[] layer = bytes(3000);
    Upload sent = pushes.chunk(pushes.chunk(pushes.begin(), bytes(10)), layer);

    pushes.cancel(sent);

    pushes.assertNothingIsThere(layer);
  }

  @Test
  void aCommitOnceMoreAnswersTheSame() {
    byte[] layer = bytes(5000);
    Digest digest = Digest.sha256(layer);
    Upload begun = pushes.begin();
    Upload sent = pushes.append(begun, streamed(layer));

    LayerLink first = pushes.commit(sent, digest);

    assertThat(pushes.commit(sent, digest)).isEqualTo(first);
    assertThat(pushes.commit(begun, digest, streamed(layer))).isEqualTo(first);
    pushes.assertPushed(APP, layer, 1);
  }

  @Test
  void aCommittedUploadIsCommittedAsNothingElse() {
    Upload begun = pushes.begin();
    pushes.commit(begun, Digest.sha256(bytes(10)), Body.of(bytes(10)));

    assertThatThrownBy(() -> pushes.commit(begun, Digest.sha256(bytes(20)), Body.of(bytes(20))))
        .isInstanceOf(UploadNotFound.class);
    assertThat(pushes.layers.stat(ACCOUNT, APP, Digest.sha256(bytes(20)))).isEmpty();
  }

  @Test
  void aReplayedPatchDoesNotChangeCommittedBytes() {
    byte[] layer = bytes(5000);
    Upload begun = pushes.begin();
    pushes.commit(pushes.append(begun, streamed(layer)), Digest.sha256(layer));

    pushes.append(begun, streamed(bytes(4999)));
    assertThatThrownBy(() -> pushes.chunk(begun, bytes(4999))).isInstanceOf(UploadNotFound.class);
    assertThatThrownBy(() -> pushes.append(begun, streamed(bytes(2 * CHECKPOINT))))
        .isInstanceOf(UploadNotFound.class);

    pushes.assertPushed(APP, layer, 1);
  }

  // Layers that the registry has

  @Test
  void aLayerOfAnotherRepositoryIsStoredOnce() {
    byte[] layer = bytes(5000);
    push(APP, layer);

    push(OTHER, layer);

    pushes.assertPushed(APP, layer, 2);
    pushes.assertPushed(OTHER, layer, 2);
    assertThat(pushes.objects.keys()).hasSize(1);
  }

  @Test
  void aLayerPushedOnceMoreIsCountedOnce() {
    byte[] layer = bytes(5000);
    push(APP, layer);
    pushes.pass(Duration.ofHours(1));

    push(APP, layer);

    pushes.assertPushed(APP, layer, 1);
    assertThat(pushes.layers.stat(ACCOUNT, APP, Digest.sha256(layer)))
        .map(LayerLink::touchedAt)
        .contains(pushes.now.get());
    assertThat(pushes.objects.keys()).hasSize(1);
  }

  @Test
  void aPushReplacesADoomedBlob() {
    byte[] layer = bytes(5000);
    var doomed = new Blob("layers/old", layer.length, 0, Blob.State.DOOMED);
    var key = Keys.blob(ACCOUNT, "AES256", Digest.sha256(layer));
    pushes.table.transact(Action.put(doomed.toItem(key)));

    push(APP, layer);

    pushes.assertPushed(APP, layer, 1);
  }

  private void push(RepositoryName name, byte[] layer) {
    var uploader = new Uploader(ACCOUNT, name, UPLOADER.principalId());
    pushes.uploads.uploadWhole(uploader, Digest.sha256(layer), Body.of(layer));
  }
}
