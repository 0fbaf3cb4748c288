package dev.berth.registry.race;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.core.oci.Digest;
import dev.berth.core.oci.RepositoryName;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RegistryException.InvalidLayerPart;
import dev.berth.registry.RegistryException.UploadNotFound;
import dev.berth.registry.layer.LayerLink;
import dev.berth.registry.upload.Body;
import dev.berth.registry.upload.ContentRange;
import dev.berth.registry.upload.Upload;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Of writers of one upload one wins, and what it wrote is whole. */
abstract class UploadRaces extends RacesFixture {

  static final int ROUNDS = 4;

  private static final byte[] LAYER = bytes(3000);
  private static final Digest DIGEST = Digest.sha256(LAYER);

  private Upload begin() {
    return services.uploads().begin(uploader(APP), Optional.empty());
  }

  private Upload stream(Upload upload, byte[] bytes) {
    return append(upload, Optional.empty(), bytes);
  }

  /** A chunk that goes behind what the client knows to be there. */
  private Upload chunk(Upload upload, byte[] bytes) {
    var range = new ContentRange(upload.received(), upload.received() + bytes.length - 1);
    return append(upload, Optional.of(range), bytes);
  }

  private Upload append(Upload upload, Optional<ContentRange> range, byte[] bytes) {
    return services
        .uploads()
        .append(uploader(APP), upload.id(), upload.state(), range, Body.of(bytes));
  }

  private LayerLink commit(Upload upload, Digest digest) {
    return services
        .uploads()
        .commit(uploader(APP), upload.id(), upload.state(), digest, Optional.empty(), Body.empty());
  }

  /** All of the layer, in two chunks. */
  private Upload sent() {
    return chunk(
        chunk(begin(), Arrays.copyOf(LAYER, 700)), Arrays.copyOfRange(LAYER, 700, LAYER.length));
  }

  @RepeatedTest(ROUNDS)
  void ofTwoChunksAtOnceOneIsRefusedAndTheOtherStays() throws Exception {
    Upload upload = chunk(chunk(begin(), Arrays.copyOf(LAYER, 100)), slice(100, 900));
    List<byte[]> chunks = List.of(bytes(1500), bytes(1501));

    List<Optional<Upload>> results =
        Contest.of(
            chunks.stream().<Callable<Upload>>map(bytes -> () -> chunk(upload, bytes)).toList(),
            InvalidLayerPart.class);

    assertThat(results.stream().flatMap(Optional::stream)).hasSize(1);
    int winner = results.get(0).isPresent() ? 0 : 1;
    byte[] layer = concat(slice(0, 900), chunks.get(winner));
    commit(results.get(winner).orElseThrow(), Digest.sha256(layer));
    assertLayer(APP, layer, 1);
  }

  @RepeatedTest(ROUNDS)
  void ofTwoStreamsIntoOneUploadEitherCanBeCommittedAndNotBoth() throws Exception {
    Upload begun = begin();
    List<byte[]> layers = List.of(bytes(2000), bytes(2001));

    List<Optional<Boolean>> results =
        Contest.of(
            layers.stream()
                .<Callable<Boolean>>map(
                    bytes -> () -> commit(stream(begun, bytes), Digest.sha256(bytes)) != null)
                .toList(),
            UploadNotFound.class);

    assertThat(results.stream().flatMap(Optional::stream)).hasSize(1);
    int winner = results.get(0).isPresent() ? 0 : 1;
    assertLayer(APP, layers.get(winner), 1);
    assertThat(link(APP, Digest.sha256(layers.get(1 - winner)))).isEmpty();
  }

  @Test
  void aReplayedStreamAfterTheCommitChangesNothing() {
    Upload begun = begin();
    commit(stream(begun, LAYER), DIGEST);

    byte[] other = bytes(2000);
    Upload replayed = stream(begun, other);

    assertThatThrownBy(() -> commit(replayed, Digest.sha256(other)))
        .isInstanceOf(UploadNotFound.class);
    assertLayer(APP, LAYER, 1);
    assertThat(link(APP, Digest.sha256(other))).isEmpty();
  }

  @RepeatedTest(ROUNDS)
  void aReplayedChunkAtTheCommitChangesNothing() throws Exception {
    Upload first = chunk(begin(), Arrays.copyOf(LAYER, 700));
    Upload sent = chunk(first, slice(700, LAYER.length));

    Contest.<Boolean>of(
        List.of(() -> commit(sent, DIGEST) != null, () -> chunk(first, slice(700, 3000)) != null),
        RegistryException.class);

    assertLayer(APP, LAYER, 1);
    assertThatThrownBy(() -> chunk(first, slice(700, 3000))).isInstanceOf(UploadNotFound.class);
    assertLayer(APP, LAYER, 1);
  }

  @RepeatedTest(ROUNDS)
  void ofCommitAndCancelOneWins() throws Exception {
    Upload sent = sent();

    List<Optional<Boolean>> done =
        Contest.of(
            List.of(
                () -> commit(sent, DIGEST) != null,
                () -> {
                  services.uploads().cancel(uploader(APP), sent.id(), sent.state());
                  return true;
                }),
            UploadNotFound.class);

    assertThat(done.stream().flatMap(Optional::stream)).hasSize(1);
    if (done.getFirst().isPresent()) {
      assertLayer(APP, LAYER, 1);
    } else {
      assertThat(link(APP, DIGEST)).isEmpty();
    }
  }

  @RepeatedTest(ROUNDS)
  void commitsOfOneUploadAllSucceedAndCountOnce() throws Exception {
    Upload sent = sent();

    List<Optional<LayerLink>> links =
        Contest.of(Collections.nCopies(3, () -> commit(sent, DIGEST)), InvalidLayerPart.class);

    assertThat(links).allMatch(Optional::isPresent);
    assertLayer(APP, LAYER, 1);
  }

  @RepeatedTest(ROUNDS)
  void pushesOfOneLayerToManyRepositoriesCountEachOnce() throws Exception {
    List<RepositoryName> names =
        IntStream.range(0, 6).mapToObj(i -> new RepositoryName("race/" + i / 2)).toList();
    names.stream().distinct().forEach(this::create);

    Contest.of(
        names.stream().<Callable<LayerLink>>map(name -> () -> pushLayer(name, LAYER)).toList(),
        UploadNotFound.class);

    names.forEach(name -> assertLayer(name, LAYER, 3));
    assertStoredOnce();
  }

  @RepeatedTest(ROUNDS)
  void mountsAndPushesCountEachOnce() throws Exception {
    pushLayer(OTHER, LAYER);
    Callable<LayerLink> mount =
        () -> services.layers().mount(account, APP, OTHER, DIGEST).orElseThrow();

    Contest.of(List.of(() -> pushLayer(APP, LAYER), mount, mount), UploadNotFound.class);

    assertLayer(APP, LAYER, 2);
    assertStoredOnce();
  }

  private void assertStoredOnce() {
    objectCount().ifPresent(count -> assertThat(count).isEqualTo(1));
  }

  private static byte[] slice(int from, int to) {
    return Arrays.copyOfRange(LAYER, from, to);
  }

  private static byte[] concat(byte[] one, byte[] two) {
    byte[] both = Arrays.copyOf(one, one.length + two.length);
    System.arraycopy(two, 0, both, one.length, two.length);
    return both;
  }
}
