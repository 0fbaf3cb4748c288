package dev.berth.clients;

import dev.berth.core.oci.Digest;
import java.util.SplittableRandom;

/**
 * Bytes that are made again from their seed whenever they are wanted, so that a test may know many
 * without holding them.
 *
 * @param size in bytes
 */
record RandomBlob(long seed, int size, Digest digest) {

  static RandomBlob of(long seed, int size) {
    return new RandomBlob(seed, size, Digest.sha256(bytes(seed, size)));
  }

  byte[] bytes() {
    return bytes(seed, size);
  }

  private static byte[] bytes(long seed, int size) {
    var bytes = new byte[size];
    new SplittableRandom(seed).nextBytes(bytes);
    return bytes;
  }
}
