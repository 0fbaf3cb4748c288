package dev.berth.core.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class Sha256StateTest {

  @Property(tries = 300)
  void piecesHaveTheDigestOfTheWhole(
      @ForAll @Size(max = 20) List<@IntRange(max = 300) Integer> pieces, @ForAll long seed) {
    byte[] bytes = random(pieces.stream().mapToInt(Integer::intValue).sum(), seed);
    Sha256State state = new Sha256State();
    int position = 0;
    for (int piece : pieces) {
      state.update(bytes, position, piece);
      position += piece;
      assertThat(state.digest()).isEqualTo(Digest.sha256(Arrays.copyOf(bytes, position)));
      assertThat(state.length()).isEqualTo(position);
    }
  }

  @Property(tries = 300)
  void aStateThatWasPutDownGoesOnAsItWas(
      @ForAll @IntRange(max = 200) int before,
      @ForAll @IntRange(max = 200) int after,
      @ForAll long seed) {
    byte[] bytes = random(before + after, seed);
    Sha256State first = new Sha256State();
    first.update(bytes, 0, before);
    byte[] encoded = first.encode();
    assertThat(encoded).hasSizeBetween(40, 103);
    Sha256State second = Sha256State.decode(encoded);
    second.update(bytes, before, after);
    assertThat(second.digest()).isEqualTo(Digest.sha256(bytes));
    assertThat(first.digest()).isEqualTo(Digest.sha256(Arrays.copyOf(bytes, before)));
  }

  @Example
  void everyLengthAroundTheBlocksIsPaddedRight() {
    for (int length = 0; length <= 260; length++) {
      Sha256State state = new Sha256State();
      state.update(random(length, length));
      assertThat(state.digest()).isEqualTo(Digest.sha256(random(length, length)));
    }
  }

  @Example
  void aBufferIsTakenInFromItsPositionToItsLimit() {
    byte[] bytes = random(30_000, 1);
    for (ByteBuffer buffer :
        List.of(
            ByteBuffer.wrap(bytes),
            ByteBuffer.wrap(bytes).asReadOnlyBuffer(),
            ByteBuffer.allocateDirect(bytes.length).put(bytes).flip(),
            ByteBuffer.wrap(bytes).position(5).slice())) {
      byte[] expected = new byte[buffer.remaining() - 7];
      buffer.get(buffer.position() + 3, expected);
      Sha256State state = new Sha256State();
      buffer.position(buffer.position() + 3).limit(buffer.limit() - 4);
      state.update(buffer);
      assertThat(buffer.hasRemaining()).isFalse();
      assertThat(state.digest()).isEqualTo(Digest.sha256(expected));
    }
  }

  @Example
  void theStandardsOwnExampleComesOut() {
    Sha256State state = new Sha256State();
    state.update(new byte[] {'a', 'b', 'c'});
    assertThat(state.digest().hex())
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  }

  @Example
  void whatNoStateEncodesToIsRefused() {
    Sha256State state = new Sha256State();
    state.update(new byte[70]);
    byte[] encoded = state.encode();
    for (int length = 0; length < encoded.length; length++) {
      byte[] cut = Arrays.copyOf(encoded, length);
      assertThatIllegalArgumentException().isThrownBy(() -> Sha256State.decode(cut));
    }
    byte[] longer = Arrays.copyOf(encoded, encoded.length + 1);
    assertThatIllegalArgumentException().isThrownBy(() -> Sha256State.decode(longer));
    byte[] negative = encoded.clone();
    negative[32] = (byte) 0x80;
    assertThatIllegalArgumentException().isThrownBy(() -> Sha256State.decode(negative));
  }

  private static byte[] random(int length, long seed) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }
}
