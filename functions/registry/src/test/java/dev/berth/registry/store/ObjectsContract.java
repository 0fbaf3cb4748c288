package dev.berth.registry.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.store.Objects.Method;
import dev.berth.registry.store.Objects.NoSuchMultipartException;
import dev.berth.registry.store.Objects.NoSuchObjectException;
import dev.berth.registry.store.Objects.ObjectExistsException;
import dev.berth.registry.store.Objects.Part;
import dev.berth.registry.store.Objects.PartsDifferException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every adapter of {@link Objects} does: its Javadoc, as tests. */
public abstract class ObjectsContract {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final Random random = new Random(7);
  private final List<String> keys = new ArrayList<>();

  /** The adapter under test. */
  protected abstract Objects objects();

  /** A link as {@link Objects#signedLink} made it at this time. */
  protected abstract URI linkSignedAt(Instant time, String key, Method method, Duration validity);

  /**
   * Why a stand-in for the real store takes neither keys of 512 characters nor one that goes on where
   * another ends. Empty for the real ones.
   */
  protected Optional<String> whyNotAllKeys() {
    return Optional.empty();
  }

  @AfterEach
  void leaveNothing() {
    keys.forEach(objects()::delete);
  }

  // Whole objects

  @Test
  void anObjectIsReadAsItWasPut() throws IOException {
    byte[] bytes = bytes(100_000);
    assertThat(all(put(bytes))).isEqualTo(bytes);
  }

  @Test
  void anObjectMayBeEmpty() throws IOException {
    assertThat(all(put(new byte[0]))).isEmpty();
  }

  @Test
  void onlyWhatABufferHasLeftIsPutAndTheBufferDoesNotMove() throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes(100)).position(10).limit(30);
    String key = key();
    objects().put(key, buffer);
    assertThat(all(key)).isEqualTo(Arrays.copyOfRange(buffer.array(), 10, 30));
    assertThat(buffer.position()).isEqualTo(10);
    assertThat(buffer.limit()).isEqualTo(30);
  }

  @Test
  void aDirectBufferIsPutLikeAnyOther() throws IOException {
    byte[] bytes = bytes(1000);
    String key = key();
    objects().put(key, ByteBuffer.allocateDirect(1000).put(bytes).flip());
    assertThat(all(key)).isEqualTo(bytes);
  }

  @Test
  void aKeyThatExistsIsRefusedAndItsObjectUnchanged() throws IOException {
    byte[] bytes = bytes(10);
    String key = put(bytes);
    assertThatThrownBy(() -> objects().put(key, buffer(11)))
        .isInstanceOf(ObjectExistsException.class)
        .hasMessageContaining(key);
    assertThat(all(key)).isEqualTo(bytes);
  }

  @Test
  void ofEightThatPutOneKeyOneWins() throws Exception {
    String key = key();
    List<byte[]> contents = IntStream.range(0, 8).mapToObj(i -> bytes(20_000)).toList();
    List<Integer> winners =
        race(8, i -> objects().put(key, ByteBuffer.wrap(contents.get(i))));
    assertThat(winners).hasSize(1);
    assertThat(all(key)).isEqualTo(contents.get(winners.getFirst()));
  }

  @Test
  void keysThatDifferInCaseOrBeginAlikeAreDifferentObjects() throws IOException {
    String base = key();
    areDifferent(base + "/a", base + "/A", base + "/a-b", base + "/a_b", base + "/a.b", base + "/aA");
  }

  @Test
  void aKeyMayGoOnWhereAnotherEnds() throws IOException {
    whyNotAllKeys().ifPresent(Assumptions::abort);
    String base = key();
    areDifferent(base, base + "/a", base + "/a/b", base + "/a/b/c");
  }

  private void areDifferent(String... similar) throws IOException {
    keys.addAll(List.of(similar));
    for (int i = 0; i < similar.length; i++) {
      objects().put(similar[i], ByteBuffer.wrap(new byte[] {(byte) i}));
    }
    for (int i = 0; i < similar.length; i++) {
      assertThat(all(similar[i])).containsExactly(i);
    }
  }

  @Test
  void aKeyMayHave512Characters() throws IOException {
    whyNotAllKeys().ifPresent(Assumptions::abort);
    String base = key() + "/";
    String key = base + "K".repeat(512 - base.length());
    keys.add(key);
    objects().put(key, buffer(3));
    assertThat(all(key)).hasSize(3);
    assertThatIllegalArgumentException().isThrownBy(() -> objects().put(key + "K", buffer(3)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "/", "/a", "a/", "a//b", ".", "..", "a/../b", "../a", "a/.", "a b", "a\\b",
        "a\0b", "a\n", "é", "a%2e", "a~", "a+b", "a=b"})
  void whatIsNotAKeyIsRefused(String key) {
    assertThatIllegalArgumentException().isThrownBy(() -> objects().put(key, buffer(1)));
    assertThatIllegalArgumentException().isThrownBy(() -> objects().begin(key));
    assertThatIllegalArgumentException().isThrownBy(() -> objects().get(key, 0, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> objects().delete(key));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> objects().signedLink(key, Method.GET, MINUTE));
  }

  // Ranges

  @Test
  void aRangeIsAsMuchOfItAsThereIs() throws IOException {
    byte[] bytes = bytes(100);
    String key = put(bytes);
    assertThat(read(key, 0, 1)).isEqualTo(slice(bytes, 0, 1));
    assertThat(read(key, 30, 50)).isEqualTo(slice(bytes, 30, 80));
    assertThat(read(key, 99, 1)).isEqualTo(slice(bytes, 99, 100));
    assertThat(read(key, 99, 2)).isEqualTo(slice(bytes, 99, 100));
    assertThat(read(key, 1, Long.MAX_VALUE)).isEqualTo(slice(bytes, 1, 100));
    assertThat(read(key, 100, 1)).isEmpty();
    assertThat(read(key, Long.MAX_VALUE, Long.MAX_VALUE)).isEmpty();
    assertThat(read(key, 50, 0)).isEmpty();
    assertThat(read(key, 0, 0)).isEmpty();
    assertThatIllegalArgumentException().isThrownBy(() -> objects().get(key, -1, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> objects().get(key, 0, -1));
  }

  @Test
  void anObjectThatIsNotThereIsSaidSo() {
    String key = key();
    for (long length : new long[] {0, 1}) {
      assertThatThrownBy(() -> objects().get(key, 0, length))
          .isInstanceOf(NoSuchObjectException.class)
          .hasMessageContaining(key);
    }
  }

  @Test
  void aDeletedObjectIsGoneAndItsKeyFree() throws IOException {
    String key = put(bytes(10));
    objects().delete(key);
    objects().delete(key);
    assertThatThrownBy(() -> objects().get(key, 0, 1)).isInstanceOf(NoSuchObjectException.class);
    objects().put(key, ByteBuffer.wrap(new byte[] {5}));
    assertThat(all(key)).containsExactly(5);
  }

  // Objects in parts

  @Test
  void anObjectIsItsPartsInTheOrderOfTheirNumbers() throws IOException {
    String key = key();
    String id = objects().begin(key);
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
    String id = objects().begin(key);
    part(key, id, 1, bytes(10));
    assertThatThrownBy(() -> objects().get(key, 0, 1)).isInstanceOf(NoSuchObjectException.class);
    objects().abort(key, id);
    assertThatThrownBy(() -> objects().get(key, 0, 1)).isInstanceOf(NoSuchObjectException.class);
  }

  @Test
  void anObjectOfOneEmptyPartIsEmpty() throws IOException {
    String key = key();
    String id = objects().begin(key);
    objects().complete(key, id, List.of(part(key, id, 1, new byte[0])));
    assertThat(all(key)).isEmpty();
  }

  @Test
  void aPartThatIsWrittenAgainReplacesTheFormer() throws IOException {
    String key = key();
    String id = objects().begin(key);
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
    String id = objects().begin(key);
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
    String id = objects().begin(key);
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
    String id = objects().begin(key);
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
    String id = objects().begin(key);
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
    String id = objects().begin(key);
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
    List<String> ids = IntStream.range(0, 8).mapToObj(i -> objects().begin(key)).toList();
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
    String id = objects().begin(key);
    Part part = part(key, id, 1, bytes(10));
    List<Integer> winners =
        race(
            2,
            i -> {
              if (i == 0) {
                objects().put(key, buffer(11));
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
    String id = objects().begin(key);
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
    String id = objects().begin(key);
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
    String id = objects().begin(key);
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
    String one = objects().begin(key);
    String two = objects().begin(key);
    part(key, one, 1, bytes(10));
    byte[] bytes = bytes(11);
    Part part = part(key, two, 1, bytes);
    assertThat(objects().parts(key, two)).containsExactly(part);
    objects().abort(key, one);
    objects().complete(key, two, List.of(part));
    assertThat(all(key)).isEqualTo(bytes);
  }

  // Copied parts

  @Test
  void aPartIsCopiedFromARangeOfAnObject() throws IOException {
    byte[] bytes = bytes(smallest() + 100);
    String source = put(bytes);
    String key = key();
    String id = objects().begin(key);
    Part whole = objects().copyPart(key, id, 1, source, 0, bytes.length);
    byte[] between = bytes(smallest());
    Part sent = part(key, id, 2, between);
    Part cut = objects().copyPart(key, id, 3, source, 40, 20);
    assertThat(whole.size()).isEqualTo(bytes.length);
    assertThat(cut.size()).isEqualTo(20);
    assertThat(objects().parts(key, id)).containsExactly(whole, sent, cut);
    objects().complete(key, id, List.of(whole, sent, cut));
    objects().delete(source);
    assertThat(all(key)).isEqualTo(concat(bytes, between, slice(bytes, 40, 60)));
  }

  @Test
  void aPartIsCopiedAcrossThePartsOfAnObject() throws IOException {
    byte[] one = bytes(smallest() + 5);
    byte[] two = bytes(smallest() + 6);
    byte[] three = bytes(smallest() + 7);
    String source = key();
    String from = objects().begin(source);
    objects()
        .complete(
            source,
            from,
            List.of(
                part(source, from, 1, one),
                part(source, from, 2, two),
                part(source, from, 3, three)));
    byte[] whole = concat(one, two, three);
    String key = key();
    String id = objects().begin(key);
    Part cut = objects().copyPart(key, id, 1, source, 2, whole.length - 4);
    Part all = objects().copyPart(key, id, 2, source, 0, whole.length);
    objects().complete(key, id, List.of(cut, all));
    objects().delete(source);
    byte[] expected = concat(slice(whole, 2, whole.length - 2), whole);
    assertThat(all(key)).isEqualTo(expected);
    assertThat(read(key, one.length, 10)).isEqualTo(slice(expected, one.length, one.length + 10));

    String again = key();
    String second = objects().begin(again);
    objects()
        .complete(
            again, second, List.of(objects().copyPart(again, second, 1, key, 1, smallest() + 9)));
    assertThat(all(again)).isEqualTo(slice(expected, 1, smallest() + 10));
  }

  @Test
  void aCopiedPartIsReplacedLikeAnyOther() throws IOException {
    String source = put(bytes(50));
    String key = key();
    String id = objects().begin(key);
    Part former = objects().copyPart(key, id, 1, source, 0, 50);
    byte[] bytes = bytes(10);
    Part latter = part(key, id, 1, bytes);
    assertThat(objects().parts(key, id)).containsExactly(latter).doesNotContain(former);
    objects().complete(key, id, List.of(latter));
    assertThat(all(key)).isEqualTo(bytes);
  }

  @Test
  void onlyWhatIsThereIsCopied() {
    String source = put(bytes(50));
    String key = key();
    String absent = key();
    String id = objects().begin(key);
    for (long[] range : new long[][] {{0, 51}, {50, 1}, {49, 2}, {0, 0}, {-1, 2}, {1, -1}}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> objects().copyPart(key, id, 1, source, range[0], range[1]));
    }
    assertThatThrownBy(() -> objects().copyPart(key, id, 1, absent, 0, 1))
        .isInstanceOf(NoSuchObjectException.class)
        .hasMessageContaining(absent);
    assertThat(objects().parts(key, id)).isEmpty();
    objects().abort(key, id);
    assertThatThrownBy(() -> objects().copyPart(key, id, 1, source, 0, 50))
        .isInstanceOf(NoSuchMultipartException.class)
        .hasMessageContaining(key);
  }

  // Signed links

  @ParameterizedTest
  @EnumSource(Method.class)
  void aLinkIsGoodForItsMethodAlone(Method method) throws Exception {
    byte[] bytes = bytes(100);
    URI link = objects().signedLink(put(bytes), method, MINUTE);
    for (Method used : Method.values()) {
      var response = Links.fetch(used.name(), link);
      assertThat(response.statusCode()).isEqualTo(used == method ? 200 : 403);
    }
    assertThat(Links.fetch("PUT", link).statusCode()).isEqualTo(403);
  }

  @Test
  void aLinkReadsTheObject() throws Exception {
    byte[] bytes = bytes(100);
    String key = put(bytes);
    var got = Links.fetch("GET", objects().signedLink(key, Method.GET, MINUTE));
    assertThat(got.body()).isEqualTo(bytes);
    var head = Links.fetch("HEAD", objects().signedLink(key, Method.HEAD, MINUTE));
    assertThat(head.headers().firstValueAsLong("content-length")).hasValue(100);
  }

  @Test
  void aTamperedLinkIsRefused() throws Exception {
    String key = put(bytes(100));
    String other = put(bytes(100));
    String link = objects().signedLink(key, Method.GET, MINUTE).toString();
    for (String tampered : Links.tampered(link, key, other)) {
      assertThat(Links.fetch("GET", URI.create(tampered)).statusCode()).as(tampered).isEqualTo(403);
    }
  }

  @Test
  void aLinkIsGoodUntilItExpires() throws Exception {
    String key = put(bytes(100));
    Instant before = Instant.now().minusSeconds(100);
    URI good = linkSignedAt(before, key, Method.GET, Duration.ofSeconds(1000));
    assertThat(Links.fetch("GET", good).statusCode()).isEqualTo(200);
    URI expired = linkSignedAt(before, key, Method.GET, Duration.ofSeconds(90));
    assertThat(Links.fetch("GET", expired).statusCode()).isEqualTo(403);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> objects().signedLink(key, Method.GET, Duration.ZERO));
  }

  // Means

  private int smallest() {
    return Math.max(objects().smallestPart(), 1000);
  }

  /** A fresh key, whose object is deleted after the test. */
  protected final String key() {
    String key = "contract/" + UUID.randomUUID();
    keys.add(key);
    return key;
  }

  protected final String put(byte[] bytes) {
    String key = key();
    objects().put(key, ByteBuffer.wrap(bytes));
    return key;
  }

  protected final Part part(String key, String id, int number, byte[] bytes) {
    return objects().part(key, id, number, ByteBuffer.wrap(bytes));
  }

  protected final byte[] all(String key) throws IOException {
    return read(key, 0, Long.MAX_VALUE);
  }

  protected final byte[] read(String key, long offset, long length) throws IOException {
    try (InputStream stream = objects().get(key, offset, length)) {
      return stream.readAllBytes();
    }
  }

  protected final byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  private ByteBuffer buffer(int count) {
    return ByteBuffer.wrap(bytes(count));
  }

  private static byte[] slice(byte[] bytes, int from, int to) {
    return Arrays.copyOfRange(bytes, from, to);
  }

  /** The last bytes. */
  private static byte[] slice(byte[] bytes, int negative) {
    return slice(bytes, bytes.length + negative, bytes.length);
  }

  private static byte[] concat(byte[]... arrays) {
    var out = new ByteArrayOutputStream();
    for (byte[] array : arrays) {
      out.writeBytes(array);
    }
    return out.toByteArray();
  }

  /** Which of those that do this at once are not told that the object exists. */
  private static List<Integer> race(int count, IntConsumer attempt) throws Exception {
    var start = new CountDownLatch(1);
    var attempts = new ArrayList<Future<?>>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < count; i++) {
        int me = i;
        attempts.add(
            threads.submit(
                () -> {
                  start.await();
                  attempt.accept(me);
                  return null;
                }));
      }
      start.countDown();
    }
    var winners = new ArrayList<Integer>();
    for (int i = 0; i < count; i++) {
      Optional<Throwable> failure = failure(attempts.get(i));
      assertThat(failure.stream())
          .allSatisfy(e -> assertThat(e).isInstanceOf(ObjectExistsException.class));
      if (failure.isEmpty()) {
        winners.add(i);
      }
    }
    return winners;
  }

  private static Optional<Throwable> failure(Future<?> future) throws InterruptedException {
    try {
      future.get();
      return Optional.empty();
    } catch (ExecutionException e) {
      return Optional.of(e.getCause());
    }
  }
}
