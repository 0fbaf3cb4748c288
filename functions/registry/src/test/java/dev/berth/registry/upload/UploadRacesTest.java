package dev.berth.registry.upload;

import static dev.berth.registry.upload.Pushes.APP;
import static dev.berth.registry.upload.Pushes.CHECKPOINT;
import static dev.berth.registry.upload.Pushes.bytes;
import static dev.berth.registry.upload.Pushes.interrupted;
import static dev.berth.registry.upload.Pushes.slice;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.core.oci.Digest;
import dev.berth.registry.RegistryException.InvalidLayerPart;
import dev.berth.registry.RegistryException.UploadNotFound;
import org.junit.jupiter.api.Test;

/**
 * Writers that are overtaken in the middle of a body; those that begin at once are in {@link
 * dev.berth.registry.race.RacesContract}.
 */
class UploadRacesTest {

  private final Pushes pushes = new Pushes();

  @Test
  void aChunkThatWasOvertakenChangesNothing() {
    byte[] layer = bytes(6000);
    Upload first =
        pushes.chunk(pushes.chunk(pushes.begin(), slice(layer, 0, 100)), slice(layer, 100, 1000));
    var range = new ContentRange(1000, 5999);
    Body slow =
        interrupted(bytes(2500), () -> pushes.chunk(first, slice(layer, 1000, 6000)), bytes(2500));

    assertThatThrownBy(() -> pushes.chunk(first, range, slow)).isInstanceOf(InvalidLayerPart.class);

    pushes.commit(first, Digest.sha256(layer));
    pushes.assertPushed(APP, layer, 1);
  }

  @Test
  void aLongStreamThatWasTakenOverChangesNothing() {
    byte[] layer = bytes(4 * CHECKPOINT);
    Upload begun = pushes.begin();
    Body slow =
        interrupted(
            slice(layer, 0, CHECKPOINT + 3000),
            () -> {
              Upload resumed = pushes.status(begun);
              assertThat(resumed.received()).isEqualTo(CHECKPOINT);
              pushes.chunk(resumed, slice(layer, CHECKPOINT, layer.length));
            },
            bytes(3 * CHECKPOINT));

    assertThatThrownBy(() -> pushes.append(begun, slow)).isInstanceOf(InvalidLayerPart.class);

    pushes.commit(pushes.status(begun), Digest.sha256(layer));
    pushes.assertPushed(APP, layer, 1);
  }

  @Test
  void aStreamThatOutlivesTheCommitOfAnotherIsRefused() {
    byte[] layer = bytes(CHECKPOINT + 3000);
    Upload begun = pushes.begin();
    Body slow =
        interrupted(
            layer,
            () ->
                pushes.commit(
                    pushes.chunk(pushes.status(begun), slice(layer, CHECKPOINT, layer.length)),
                    Digest.sha256(layer)),
            bytes(100));

    assertThatThrownBy(() -> pushes.append(begun, slow)).isInstanceOf(UploadNotFound.class);

    pushes.assertPushed(APP, layer, 1);
  }
}
