package dev.berth.registry.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.store.Objects.OpenMultipart;
import dev.berth.registry.store.Objects.Stored;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What there is, page by page. Other tests' objects may be among it. */
abstract class ListingContract extends CopiedObjectsContract {

  /** S3 tells whole seconds, and another machine's. */
  private static final Duration TOLERANCE = Duration.ofMinutes(1);

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 1000})
  void anObjectIsListedOnceWithItsSizeWhateverTheSizeOfThePages(int limit) {
    List<String> written = List.of(put(bytes(10)), put(bytes(0)), put(bytes(1234)));

    List<Stored> listed = listed(limit).stream().filter(o -> written.contains(o.key())).toList();

    assertThat(listed).extracting(Stored::key).containsExactlyInAnyOrderElementsOf(written);
    assertThat(listed).extracting(Stored::size).containsExactlyInAnyOrder(10L, 0L, 1234L);
  }

  @Test
  void anObjectTellsWhenItWasWritten() {
    Instant before = Instant.now().minus(TOLERANCE);
    String key = put(bytes(10));

    assertThat(find(key).orElseThrow().writtenAt())
        .isBetween(before, Instant.now().plus(TOLERANCE));
  }

  @Test
  void anObjectOfPartsIsListedOnceItIsComplete() {
    String key = key();
    String id = objects().begin(key, encryption());
    var first = part(key, id, 1, bytes(smallest()));
    var last = part(key, id, 2, bytes(3));
    assertThat(find(key)).isEmpty();

    objects().complete(key, id, List.of(first, last));

    assertThat(find(key).orElseThrow().size()).isEqualTo(smallest() + 3L);
  }

  @Test
  void aCopyIsListedWithItsSize() {
    String source = put(bytes(10));
    String copy = key();
    objects().copy(source, copy, encryption());

    assertThat(find(copy).orElseThrow().size()).isEqualTo(10);
  }

  @Test
  void aDeletedObjectIsNotListed() {
    String key = put(bytes(10));
    objects().delete(key);
    assertThat(find(key)).isEmpty();
  }

  @Test
  void aKeyIsListedAsItWasWritten() {
    String key = "contract/Upper.lower_" + UUID.randomUUID() + "/long".repeat(40);
    keys.add(key);
    objects().put(key, buffer(1), encryption());

    assertThat(find(key)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 1000})
  void aMultipartWriteIsListedUntilItIsCompleteOrAborted(int limit) {
    String key = key();
    String completed = objects().begin(key, encryption());
    String aborted = objects().begin(key, encryption());
    var part = part(key, completed, 1, bytes(10));
    assertThat(open(key, limit)).hasSize(2);

    objects().complete(key, completed, List.of(part));
    assertThat(open(key, limit)).hasSize(1);
    objects().abort(key, aborted);
    assertThat(open(key, limit)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 40})
  void aMultipartWriteCanBeAbortedByWhatTheListingTells(int longer) {
    Instant before = Instant.now().minus(TOLERANCE);
    String key = key() + "/long".repeat(longer);
    String id = objects().begin(key, encryption());
    part(key, id, 1, bytes(10));

    OpenMultipart open = open(key, 1000).getFirst();
    assertThat(open.begunAt()).isBetween(before, Instant.now().plus(TOLERANCE));
    assertThat(objects().parts(key, open.id())).hasSize(1);
    objects().abort(key, open.id());

    assertThat(open(key, 1000)).isEmpty();
    assertThat(objects().parts(key, id)).isEmpty();
  }

  private Optional<Stored> find(String key) {
    return listed(1000).stream().filter(object -> object.key().equals(key)).findFirst();
  }

  private List<Stored> listed(int limit) {
    List<Stored> all = new ArrayList<>();
    Optional<String> position = Optional.empty();
    do {
      Page<Stored> page = objects().list(position, limit);
      assertThat(page.entries()).hasSizeLessThanOrEqualTo(limit);
      all.addAll(page.entries());
      position = page.next();
    } while (position.isPresent());
    return all;
  }

  private List<OpenMultipart> open(String key, int limit) {
    List<OpenMultipart> all = new ArrayList<>();
    Optional<String> position = Optional.empty();
    do {
      Page<OpenMultipart> page = objects().multiparts(position, limit);
      all.addAll(page.entries());
      position = page.next();
    } while (position.isPresent());
    return all.stream().filter(open -> open.key().equals(key)).toList();
  }
}
