package dev.berth.registry.upload;

import static dev.berth.registry.upload.Pushes.ACCOUNT;
import static dev.berth.registry.upload.Pushes.APP;
import static dev.berth.registry.upload.Pushes.CHECKPOINT;
import static dev.berth.registry.upload.Pushes.OTHER;
import static dev.berth.registry.upload.Pushes.UPLOADER;
import static dev.berth.registry.upload.Pushes.bytes;
import static dev.berth.registry.upload.Pushes.interrupted;
import static dev.berth.registry.upload.Pushes.slice;
import static dev.berth.registry.upload.Pushes.streamed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.core.oci.Digest;
import dev.berth.core.oci.RepositoryName;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RegistryException.InvalidLayerPart;
import dev.berth.registry.RegistryException.UploadNotFound;
import dev.berth.registry.layer.LayerLink;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Of writers that compete, one wins, and what it wrote is whole. */
class UploadRacesTest {

  private static final int ROUNDS = 20;

  private final Pushes pushes = new Pushes();

  @RepeatedTest(ROUNDS)
  void ofTwoChunksAtOnceOneIsRefusedAndTheOtherStays() throws Exception {
    byte[] start = bytes(900);
    Upload upload =
        pushes.chunk(pushes.chunk(pushes.begin(), slice(start, 0, 100)), slice(start, 100, 900));
    List<byte[]> chunks = List.of(bytes(1500), bytes(1501));

    List<Optional<Upload>> results =
        race(
            IntStream.range(0, 2)
                .<Callable<Upload>>mapToObj(i -> () -> pushes.chunk(upload, chunks.get(i)))
                .toList(),
            InvalidLayerPart.class);

    assertThat(results.stream().flatMap(Optional::stream)).hasSize(1);
    int winner = results.get(0).isPresent() ? 0 : 1;
    byte[] layer = concat(start, chunks.get(winner));
    pushes.commit(results.get(winner).orElseThrow(), Digest.sha256(layer));
    pushes.assertPushed(APP, layer, 1);
  }

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

  @RepeatedTest(ROUNDS)
  void ofCommitAndCancelOneWins() throws Exception {
    byte[] layer = bytes(3000);
    Upload sent =
        pushes.chunk(pushes.chunk(pushes.begin(), slice(layer, 0, 700)), slice(layer, 700, 3000));

    List<Optional<Boolean>> done =
        race(
            List.of(
                () -> pushes.commit(sent, Digest.sha256(layer)) != null,
                () -> {
                  pushes.cancel(sent);
                  return true;
                }),
            UploadNotFound.class);

    assertThat(done.stream().flatMap(Optional::stream)).hasSize(1);
    if (done.getFirst().isPresent()) {
      pushes.assertPushed(APP, layer, 1);
    } else {
      assertThat(pushes.layers.stat(ACCOUNT, APP, Digest.sha256(layer))).isEmpty();
    }
  }

  @RepeatedTest(ROUNDS)
  void commitsOfOneUploadAllSucceedAndCountOnce() throws Exception {
    byte[] layer = bytes(3000);
    Upload sent =
        pushes.chunk(pushes.chunk(pushes.begin(), slice(layer, 0, 700)), slice(layer, 700, 3000));

    List<Optional<LayerLink>> links =
        race(
            IntStream.range(0, 3)
                .<Callable<LayerLink>>mapToObj(i -> () -> pushes.commit(sent, Digest.sha256(layer)))
                .toList(),
            InvalidLayerPart.class);

    assertThat(links).allMatch(Optional::isPresent);
    pushes.assertPushed(APP, layer, 1);
  }

  @RepeatedTest(ROUNDS)
  void pushesOfOneLayerToManyRepositoriesCountEachOnce() throws Exception {
    byte[] layer = bytes(3000);
    List<RepositoryName> names =
        IntStream.range(0, 6).mapToObj(i -> new RepositoryName("race/" + i / 2 * 2)).toList();
    names.stream().distinct().forEach(pushes::create);

    race(
        names.stream()
            .<Callable<LayerLink>>map(
                name ->
                    () ->
                        pushes.uploads.uploadWhole(
                            new Uploader(ACCOUNT, name, "AIDA"),
                            Digest.sha256(layer),
                            streamed(layer)))
            .toList(),
        UploadNotFound.class);

    names.forEach(name -> pushes.assertPushed(name, layer, 3));
    assertThat(pushes.objects.keys()).hasSize(1);
  }

  @RepeatedTest(ROUNDS)
  void mountsAndPushesCountEachOnce() throws Exception {
    byte[] layer = bytes(3000);
    Digest digest = Digest.sha256(layer);
    pushes.uploads.uploadWhole(new Uploader(ACCOUNT, OTHER, "AIDA"), digest, streamed(layer));

    race(
        List.of(
            () -> pushes.uploads.uploadWhole(UPLOADER, digest, streamed(layer)),
            () -> pushes.layers.mount(ACCOUNT, APP, OTHER, digest).orElseThrow(),
            () -> pushes.layers.mount(ACCOUNT, APP, OTHER, digest).orElseThrow()),
        UploadNotFound.class);

    pushes.assertPushed(APP, layer, 2);
    assertThat(pushes.objects.keys()).hasSize(1);
  }

  /** Runs all at once: empty for those that are refused in the expected way. */
  private static <T> List<Optional<T>> race(
      List<Callable<T>> tasks, Class<? extends RegistryException> refusal) throws Exception {
    var start = new CyclicBarrier(tasks.size());
    try (var threads = Executors.newCachedThreadPool()) {
      List<Future<T>> futures = new ArrayList<>();
      for (Callable<T> task : tasks) {
        futures.add(
            threads.submit(
                () -> {
                  start.await();
                  return task.call();
                }));
      }
      List<Optional<T>> results = new ArrayList<>();
      for (Future<T> future : futures) {
        results.add(resultOf(future, refusal));
      }
      return results;
    }
  }

  private static <T> Optional<T> resultOf(
      Future<T> future, Class<? extends RegistryException> refusal) throws Exception {
    try {
      return Optional.of(future.get());
    } catch (ExecutionException e) {
      assertThat(e).cause().isInstanceOf(refusal);
      return Optional.empty();
    }
  }

  private static byte[] concat(byte[] one, byte[] two) {
    byte[] both = java.util.Arrays.copyOf(one, one.length + two.length);
    System.arraycopy(two, 0, both, one.length, two.length);
    return both;
  }
}
