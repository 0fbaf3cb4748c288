package dev.berth.registry.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.store.Objects.NoSuchMultipartException;
import dev.berth.registry.store.Objects.NoSuchObjectException;
import dev.berth.registry.store.Objects.ObjectExistsException;
import dev.berth.registry.store.Objects.Part;
import dev.berth.registry.store.Objects.PartsDifferException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Objects that arrive in parts. */
abstract class MultipartContract extends WholeObjectsContract {

  @Test
  void anObjectIsItsPartsInTheOrderOfTheirNumbers() throws IOException {
    String key = key();
    String id = objects().begin(key, encryption());
    byte[] first = bytes(smallest());
    byte[] second = bytes(smallest() + 3);
    byte[] last = bytes(7);
    Part three = part(key, id, 10_000, last);
    Part one = part(key, id, 1, first);
    Part two = part(key, id, 7, second);
    assertThat(one.size()).isEqualTo(first.length);
    assertThat(one.number()).isEqualTo(1);
    assertThat(objects().parts(key, id)).containsExactly(one, two, three);

    objects().complete(key, id, List.of(three, one, two));

    byte[] whole = concat(first, second, last);
    assertThat(all(key)).isEqualTo(whole);
    int from = first.length - 1;
    assertThat(read(key, from, 3)).isEqualTo(slice(whole, from, from + 3));
    assertThat(read(key, first.length, second.length)).isEqualTo(second);
    assertThat(read(key, whole.length - 8, 100)).isEqualTo(concat(slice(second, -1), last));
    assertThat(read(key, whole.length, 1)).isEmpty();
  }

  @Test
  void nothingIsVisibleBeforeComplete() {
    String key = key();
    String id = objects().begin(key, encryption());
    part(key, id, 1, bytes(10));
    assertThatThrownBy(() -> objects().get(key, 0, 1)).isInstanceOf(NoSuchObjectException.class);
    objects().abort(key, id);
    assertThatThrownBy(() -> objects().get(key, 0, 1)).isInstanceOf(NoSuchObjectException.class);
  }

  @Test
  void anObjectOfOneEmptyPartIsEmpty() throws IOException {
    String key = key();
    String id = objects().begin(key, encryption());
    objects().complete(key, id, List.of(part(key, id, 1, new byte[0])));
    assertThat(all(key)).isEmpty();
  }

  @Test
  void aPartThatIsWrittenAgainReplacesTheFormer() throws IOException {
    String key = key();
    String id = objects().begin(key, encryption());
    Part former = part(key, id, 1, bytes(10));
    byte[] bytes = bytes(12);
    Part latter = part(key, id, 1, bytes);
    assertThat(latter.etag()).isNotEqualTo(former.etag());
    assertThat(objects().parts(key, id)).containsExactly(latter);
    assertThatThrownBy(() -> objects().complete(key, id, List.of(former)))
        .isInstanceOf(PartsDifferException.class)
        .hasMessageContaining(key);
    objects().complete(key, id, List.of(latter));
    assertThat(all(key)).isEqualTo(bytes);
  }

  @Test
  void aPartThatIsNotThereRefusesTheObject() {
    String key = key();
    String id = objects().begin(key, encryption());
    Part one = part(key, id, 1, bytes(smallest()));
    Part never = new Part(2, one.etag(), one.size());
    assertThatThrownBy(() -> objects().complete(key, id, List.of(one, never)))
        .isInstanceOf(PartsDifferException.class);
    assertThatThrownBy(() -> objects().get(key, 0, 1)).isInstanceOf(NoSuchObjectException.class);
    assertThat(objects().parts(key, id)).containsExactly(one);
    objects().abort(key, id);
  }

  @Test
  void partsThatAreNotNamedAreDropped() throws IOException {
    String key = key();
    String id = objects().begin(key, encryption());
    part(key, id, 1, bytes(smallest()));
    byte[] bytes = bytes(20);
    Part named = part(key, id, 2, bytes);
    part(key, id, 3, bytes(smallest()));
    objects().complete(key, id, List.of(named));
    assertThat(all(key)).isEqualTo(bytes);
    assertThat(objects().parts(key, id)).isEmpty();
  }

  @Test
  void anObjectHasAtLeastOnePartAndEachOnce() {
    String key = key();
    String id = objects().begin(key, encryption());
    Part one = part(key, id, 1, bytes(1));
    assertThatIllegalArgumentException().isThrownBy(() -> objects().complete(key, id, List.of()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> objects().complete(key, id, List.of(one, one)));
    for (int number : new int[] {0, -1, 10_001}) {
      assertThatIllegalArgumentException().isThrownBy(() -> part(key, id, number, bytes(1)));
    }
    objects().abort(key, id);
  }

  @Test
  void aPartWrittenAfterCompleteIsRefusedAndCannotChangeTheObject() throws IOException {
    byte[] bytes = bytes(10);
    String key = key();
    String id = objects().begin(key, encryption());
    Part part = part(key, id, 1, bytes);
    objects().complete(key, id, List.of(part));
    for (int number = 1; number < 3; number++) {
      int late = number;
      assertThatThrownBy(() -> part(key, id, late, bytes(10)))
          .isInstanceOf(NoSuchMultipartException.class)
          .hasMessageContaining(key);
    }
    assertThat(all(key)).isEqualTo(bytes);
    assertThat(objects().parts(key, id)).isEmpty();
  }

  @Test
  void completeOfAKeyThatExistsIsRefused() throws IOException {
    byte[] bytes = bytes(10);
    String key = put(bytes);
    String id = objects().begin(key, encryption());
    Part part = part(key, id, 1, bytes(11));
    assertThatThrownBy(() -> objects().complete(key, id, List.of(part)))
        .isInstanceOf(ObjectExistsException.class);
    assertThat(all(key)).isEqualTo(bytes);
    assertThat(objects().parts(key, id)).containsExactly(part);
    objects().abort(key, id);
  }

  @Test
  void ofEightThatCompleteOneKeyOneWins() throws Exception {
    String key = key();
    List<byte[]> contents = IntStream.range(0, 8).mapToObj(i -> bytes(1000 + i)).toList();
    List<String> ids =
        IntStream.range(0, 8).mapToObj(i -> objects().begin(key, encryption())).toList();
    List<Part> parts =
        IntStream.range(0, 8).mapToObj(i -> part(key, ids.get(i), 1, contents.get(i))).toList();
    List<Integer> winners =
        race(8, i -> objects().complete(key, ids.get(i), List.of(parts.get(i))));
    assertThat(winners).hasSize(1);
    assertThat(all(key)).isEqualTo(contents.get(winners.getFirst()));
    ids.forEach(id -> objects().abort(key, id));
  }

  @Test
  void ofPutAndCompleteOneWins() throws Exception {
    String key = key();
    String id = objects().begin(key, encryption());
    Part part = part(key, id, 1, bytes(10));
    List<Integer> winners =
        race(
            2,
            i -> {
              if (i == 0) {
                objects().put(key, buffer(11), encryption());
              } else {
                objects().complete(key, id, List.of(part));
              }
            });
    assertThat(winners).hasSize(1);
    assertThat(all(key)).hasSize(winners.getFirst() == 0 ? 11 : 10);
    objects().abort(key, id);
  }

  @Test
  void partsThatRaceWithCompleteAreInTheObjectOrAreNot() throws Exception {
    String key = key();
    String id = objects().begin(key, encryption());
    byte[] bytes = bytes(smallest());
    Part named = part(key, id, 1, bytes);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> late = new ArrayList<>();
      for (int number = 2; number < 6; number++) {
        int n = number;
        late.add(threads.submit(() -> part(key, id, n, bytes(10))));
      }
      objects().complete(key, id, List.of(named));
      for (Future<?> part : late) {
        assertThat(failure(part).stream())
            .allSatisfy(e -> assertThat(e).isInstanceOf(NoSuchMultipartException.class));
      }
    }
    assertThat(all(key)).isEqualTo(bytes);
  }

  @Test
  void anAbortedMultipartWriteIsOver() {
    String key = key();
    String id = objects().begin(key, encryption());
    Part part = part(key, id, 1, bytes(10));
    objects().abort(key, id);
    objects().abort(key, id);
    assertThat(objects().parts(key, id)).isEmpty();
    assertThatThrownBy(() -> part(key, id, 2, bytes(1)))
        .isInstanceOf(NoSuchMultipartException.class);
    assertThatThrownBy(() -> objects().complete(key, id, List.of(part)))
        .isInstanceOf(PartsDifferException.class);
  }

  @Test
  void aMultipartWriteIsItsKeysAlone() {
    String key = key();
    String other = key();
    String id = objects().begin(key, encryption());
    Part part = part(key, id, 1, bytes(10));
    assertThat(objects().parts(other, id)).isEmpty();
    assertThatThrownBy(() -> part(other, id, 1, bytes(1)))
        .isInstanceOf(NoSuchMultipartException.class);
    assertThatThrownBy(() -> objects().complete(other, id, List.of(part)))
        .isInstanceOf(PartsDifferException.class);
    objects().abort(other, id);
    assertThat(objects().parts(key, id)).containsExactly(part);
    objects().abort(key, id);
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "../..", "", "a/b", "00000000-0000-0000-0000-000000000000"})
  void whatIsNoMultipartWriteHasNoParts(String id) {
    String key = key();
    assertThat(objects().parts(key, id)).isEmpty();
    assertThatThrownBy(() -> part(key, id, 1, bytes(1)))
        .isInstanceOf(NoSuchMultipartException.class);
    assertThatThrownBy(() -> objects().complete(key, id, List.of(new Part(1, "etag", 1))))
        .isInstanceOf(PartsDifferException.class);
    objects().abort(key, id);
  }

  @Test
  void aKeyMayHaveSeveralMultipartWrites() throws IOException {
    String key = key();
    String one = objects().begin(key, encryption());
    String two = objects().begin(key, encryption());
    part(key, one, 1, bytes(10));
    byte[] bytes = bytes(11);
    Part part = part(key, two, 1, bytes);
    assertThat(objects().parts(key, two)).containsExactly(part);
    objects().abort(key, one);
    objects().complete(key, two, List.of(part));
    assertThat(all(key)).isEqualTo(bytes);
  }
}
