package dev.berth.registry.upload;

import static dev.berth.registry.upload.Pushes.ACCOUNT;
import static dev.berth.registry.upload.Pushes.APP;
import static dev.berth.registry.upload.Pushes.OTHER;
import static dev.berth.registry.upload.Pushes.UPLOADER;
import static dev.berth.registry.upload.Pushes.bytes;
import static dev.berth.registry.upload.Pushes.slice;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.berth.core.oci.Digest;
import dev.berth.core.oci.RepositoryName;
import dev.berth.registry.RegistryException.EmptyUpload;
import dev.berth.registry.RegistryException.InvalidLayer;
import dev.berth.registry.RegistryException.InvalidLayerPart;
import dev.berth.registry.RegistryException.LayerAlreadyExists;
import dev.berth.registry.RegistryException.LayerPartTooSmall;
import dev.berth.registry.RegistryException.RepositoryNotFound;
import dev.berth.registry.RegistryException.UploadNotFound;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class PartUploadsTest {

  private final Pushes pushes = new Pushes();
  private final PartUploads uploads = pushes.partUploads;
  private final byte[] layer = bytes(2600);
  private final Digest digest = Digest.sha256(layer);

  @Test
  void partsBecomeALayer() {
    String id = uploads.initiate(UPLOADER);

    assertThat(part(id, 0, 1000)).isEqualTo(999);
    assertThat(part(id, 1000, 2000)).isEqualTo(1999);
    assertThat(part(id, 2000, 2600)).isEqualTo(2599);
    assertThat(uploads.complete(UPLOADER, id, List.of(digest))).isEqualTo(digest);

    pushes.assertPushed(APP, layer, 1);
  }

  @Test
  void aCompletionOnceMoreAnswersTheSame() {
    String id = uploadWhole();

    uploads.complete(UPLOADER, id, List.of(digest));

    assertThat(uploads.complete(UPLOADER, id, List.of(digest))).isEqualTo(digest);
    pushes.assertPushed(APP, layer, 1);
  }

  @Test
  void aPartThatDoesNotBeginWhereTheUploadStandsIsRefused() {
    String id = uploads.initiate(UPLOADER);
    part(id, 0, 1000);

    for (int first : new int[] {0, 999, 1001}) {
      var refused =
          catchThrowableOfType(InvalidLayerPart.class, () -> part(id, first, first + 600));
      assertThat(refused.received()).isEqualTo(1000);
    }
  }

  @Test
  void aPartIsAsLongAsItsRangeAndNotTooLong() {
    String id = uploads.initiate(UPLOADER);

    for (long last : new long[] {-1, 8, 10, Long.MAX_VALUE}) {
      assertThatThrownBy(
              () -> uploads.uploadPart(UPLOADER, id, 0, last, ByteBuffer.wrap(bytes(10))))
          .isInstanceOf(InvalidLayerPart.class);
    }
    assertThatThrownBy(
            () -> uploads.uploadPart(UPLOADER, id, 0, 4000, ByteBuffer.wrap(bytes(4001))))
        .isInstanceOf(InvalidLayerPart.class);
    assertThatThrownBy(() -> uploads.uploadPart(UPLOADER, id, 0, -1, ByteBuffer.wrap(new byte[0])))
        .isInstanceOf(InvalidLayerPart.class);
  }

  @Test
  void anUploadWithoutPartsIsEmpty() {
    String id = uploads.initiate(UPLOADER);

    assertThatThrownBy(() -> uploads.complete(UPLOADER, id, List.of(Digest.sha256(new byte[0]))))
        .isInstanceOf(EmptyUpload.class);
  }

  @Test
  void onlyTheLastPartMayBeSmall() {
    String id = uploads.initiate(UPLOADER);
    part(id, 0, 499);
    part(id, 499, 2600);

    assertThatThrownBy(() -> uploads.complete(UPLOADER, id, List.of(digest)))
        .isInstanceOf(LayerPartTooSmall.class);
    assertThat(pushes.layers.stat(ACCOUNT, APP, digest)).isEmpty();
  }

  @Test
  void aLayerThatTheRepositoryHasIsSaidSo() {
    uploads.complete(UPLOADER, uploadWhole(), List.of(digest));

    assertThatThrownBy(() -> uploads.complete(UPLOADER, uploadWhole(), List.of(digest)))
        .isInstanceOf(LayerAlreadyExists.class);

    pushes.assertPushed(APP, layer, 1);
    assertThat(pushes.objects.keys()).hasSize(1);
  }

  @Test
  void aWrongDigestLeavesNothingVisible() {
    Digest wrong = Digest.sha256(new byte[0]);

    for (List<Digest> digests :
        List.of(List.of(wrong), List.of(wrong, digest), List.of(digest, wrong))) {
      assertThatThrownBy(() -> uploads.complete(UPLOADER, uploadWhole(), digests))
          .isInstanceOf(InvalidLayer.class);
    }
    assertThat(pushes.layers.availability(ACCOUNT, APP, List.of(wrong, digest))).isEmpty();
  }

  @Test
  void anUploadIsItsUploadersAndItsRepositorysAlone() {
    String id = uploadWhole();

    for (Uploader other :
        List.of(new Uploader(ACCOUNT, APP, "AIDAELSE"), new Uploader(ACCOUNT, OTHER, "AIDA"))) {
      assertThatThrownBy(() -> uploads.complete(other, id, List.of(digest)))
          .isInstanceOf(UploadNotFound.class);
    }
  }

  @Test
  void whatIsNoUploadIsNotFound() {
    for (String id : List.of("", "x", "U#1", "0".repeat(5000), "\uD83D", Pushes.APP.value())) {
      assertThatThrownBy(() -> uploads.complete(UPLOADER, id, List.of(digest)))
          .isInstanceOf(UploadNotFound.class);
    }
    assertThatThrownBy(() -> part("00000000-0000-0000-0000-000000000000", 0, 10))
        .isInstanceOf(UploadNotFound.class);
  }

  @Test
  void aRepositoryThatIsNotThereTakesNoUploads() {
    var nowhere = new Uploader(ACCOUNT, new RepositoryName("none"), "AIDA");

    assertThatThrownBy(() -> uploads.initiate(nowhere)).isInstanceOf(RepositoryNotFound.class);
  }

  private String uploadWhole() {
    String id = uploads.initiate(UPLOADER);
    part(id, 0, layer.length);
    return id;
  }

  private long part(String id, int from, int to) {
    byte[] bytes = from < layer.length ? slice(layer, from, to) : bytes(to - from);
    return uploads.uploadPart(UPLOADER, id, from, to - 1, ByteBuffer.wrap(bytes));
  }
}
