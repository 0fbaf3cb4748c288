package dev.berth.registry.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.store.Objects.Method;
import dev.berth.registry.store.Objects.NoSuchObjectException;
import dev.berth.registry.store.Objects.ObjectExistsException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Objects that are written whole, and what is read of any. */
abstract class WholeObjectsContract extends ObjectsFixture {

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
    objects().put(key, buffer, encryption());
    assertThat(all(key)).isEqualTo(Arrays.copyOfRange(buffer.array(), 10, 30));
    assertThat(buffer.position()).isEqualTo(10);
    assertThat(buffer.limit()).isEqualTo(30);
  }

  @Test
  void aDirectBufferIsPutLikeAnyOther() throws IOException {
    byte[] bytes = bytes(1000);
    String key = key();
    objects().put(key, ByteBuffer.allocateDirect(1000).put(bytes).flip(), encryption());
    assertThat(all(key)).isEqualTo(bytes);
  }

  @Test
  void aKeyThatExistsIsRefusedAndItsObjectUnchanged() throws IOException {
    byte[] bytes = bytes(10);
    String key = put(bytes);
    assertThatThrownBy(() -> objects().put(key, buffer(11), encryption()))
        .isInstanceOf(ObjectExistsException.class)
        .hasMessageContaining(key);
    assertThat(all(key)).isEqualTo(bytes);
  }

  @Test
  void ofEightThatPutOneKeyOneWins() throws Exception {
    String key = key();
    List<byte[]> contents = IntStream.range(0, 8).mapToObj(i -> bytes(20_000)).toList();
    List<Integer> winners =
        race(8, i -> objects().put(key, ByteBuffer.wrap(contents.get(i)), encryption()));
    assertThat(winners).hasSize(1);
    assertThat(all(key)).isEqualTo(contents.get(winners.getFirst()));
  }

  @Test
  void keysThatDifferInCaseOrBeginAlikeAreDifferentObjects() throws IOException {
    String base = key();
    areDifferent(
        base + "/a", base + "/A", base + "/a-b", base + "/a_b", base + "/a.b", base + "/aA");
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
      objects().put(similar[i], ByteBuffer.wrap(new byte[] {(byte) i}), encryption());
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
    objects().put(key, buffer(3), encryption());
    assertThat(all(key)).hasSize(3);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> objects().put(key + "K", buffer(3), encryption()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "/", "/a", "a/", "a//b", ".", "..", "a/../b", "../a", "a/.", "a b", "a\\b", "a\0b",
        "a\n", "é", "a%2e", "a~", "a+b", "a=b"
      })
  void whatIsNotAKeyIsRefused(String key) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> objects().put(key, buffer(1), encryption()));
    assertThatIllegalArgumentException().isThrownBy(() -> objects().begin(key, encryption()));
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
    objects().put(key, ByteBuffer.wrap(new byte[] {5}), encryption());
    assertThat(all(key)).containsExactly(5);
  }
}
