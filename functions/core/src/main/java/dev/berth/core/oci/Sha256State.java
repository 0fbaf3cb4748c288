package dev.berth.core.oci;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * SHA-256 (FIPS 180-4) that can be put down between two chunks of an upload and taken up in another
 * process, which the JDK's cannot. It is several times slower than the JDK's, so it is for chunks
 * alone. Not for use by several threads at once.
 */
public final class Sha256State {

  private static final int BLOCK = 64;
  private static final int WORDS = 8;
  private static final int LENGTH_FIELD = Long.BYTES;
  private static final int HEADER = WORDS * Integer.BYTES + LENGTH_FIELD;
  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

  private final int[] hash;
  private final byte[] block = new byte[BLOCK];
  private final int[] schedule = new int[Sha256Rounds.COUNT];
  private long length;

  public Sha256State() {
    this(Sha256Rounds.initialHash(), 0);
  }

  private Sha256State(int[] hash, long length) {
    this.hash = hash;
    this.length = length;
  }

  /** How many bytes have been taken in. */
  public long length() {
    return length;
  }

  public void update(byte[] bytes) {
    update(bytes, 0, bytes.length);
  }

  /** Takes in what remains in the buffer. */
  public void update(ByteBuffer buffer) {
    if (buffer.hasArray()) {
      update(buffer.array(), buffer.arrayOffset() + buffer.position(), buffer.remaining());
      buffer.position(buffer.limit());
      return;
    }
    byte[] piece = new byte[Math.min(buffer.remaining(), 8192)];
    while (buffer.hasRemaining()) {
      int count = Math.min(buffer.remaining(), piece.length);
      buffer.get(piece, 0, count);
      update(piece, 0, count);
    }
  }

  public void update(byte[] bytes, int offset, int count) {
    int pending = pending();
    length += count;
    int position = offset;
    int end = offset + count;
    if (pending > 0) {
      int filled = Math.min(BLOCK - pending, count);
      System.arraycopy(bytes, position, block, pending, filled);
      position += filled;
      if (pending + filled < BLOCK) {
        return;
      }
      compress(block, 0);
    }
    for (; end - position >= BLOCK; position += BLOCK) {
      compress(bytes, position);
    }
    System.arraycopy(bytes, position, block, 0, end - position);
  }

  /** The digest of all bytes so far; more may follow. */
  public Digest digest() {
    Sha256State last = decode(encode());
    int pending = pending();
    int padding = pending < BLOCK - LENGTH_FIELD ? BLOCK - pending : 2 * BLOCK - pending;
    ByteBuffer tail = ByteBuffer.allocate(padding);
    tail.put(0, (byte) 0x80).putLong(padding - LENGTH_FIELD, length * Byte.SIZE);
    last.update(tail.array());
    ByteBuffer result = ByteBuffer.allocate(WORDS * Integer.BYTES);
    result.asIntBuffer().put(last.hash);
    return Digest.of(Algorithm.SHA256, result.array());
  }

  /** The whole state in 40 to 103 bytes: hash words, length, and the bytes of a block begun. */
  public byte[] encode() {
    ByteBuffer encoded = ByteBuffer.allocate(HEADER + pending());
    for (int word : hash) {
      encoded.putInt(word);
    }
    return encoded.putLong(length).put(block, 0, pending()).array();
  }

  /**
   * @throws IllegalArgumentException if {@link #encode} did not make this
   */
  public static Sha256State decode(byte[] encoded) {
    if (encoded.length < HEADER) {
      throw new IllegalArgumentException("not a state of SHA-256");
    }
    ByteBuffer buffer = ByteBuffer.wrap(encoded);
    int[] hash = new int[WORDS];
    Arrays.setAll(hash, word -> buffer.getInt());
    Sha256State state = new Sha256State(hash, buffer.getLong());
    if (state.length < 0 || buffer.remaining() != state.pending()) {
      throw new IllegalArgumentException("not a state of SHA-256");
    }
    buffer.get(state.block, 0, state.pending());
    return state;
  }

  private int pending() {
    return (int) (length % BLOCK);
  }

  private void compress(byte[] bytes, int offset) {
    for (int t = 0; t < BLOCK / Integer.BYTES; t++) {
      schedule[t] = (int) WORD.get(bytes, offset + t * Integer.BYTES);
    }
    Sha256Rounds.expand(schedule);
    Sha256Rounds.apply(hash, schedule);
  }
}
