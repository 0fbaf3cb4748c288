package dev.berth.core.secret;

import java.io.Serial;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Mac;
import javax.crypto.SecretKey;

/**
 * Bytes that nobody can foresee without the secret, and that are the same each time: the
 * HMAC-SHA256 of a seed, counted on. Two uses of the same secret need seeds that differ, as a nonce
 * that is used for two messages gives the key away.
 */
public final class SeededRandom extends SecureRandom {

  @Serial private static final long serialVersionUID = 1;

  private final transient Mac mac;
  private final transient byte[] seed;
  private int blocks;
  private byte[] block = new byte[0];
  private int used;

  public SeededRandom(SecretKey secret, byte[] seed) {
    this.seed = seed.clone();
    try {
      this.mac = Mac.getInstance("HmacSHA256");
      mac.init(secret);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }

  @Override
  public void nextBytes(byte[] bytes) {
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = next();
    }
  }

  private byte next() {
    if (used == block.length) {
      mac.update(
          new byte[] {
            (byte) (blocks >> 24), (byte) (blocks >> 16), (byte) (blocks >> 8), (byte) blocks
          });
      block = mac.doFinal(seed);
      blocks++;
      used = 0;
    }
    return block[used++];
  }
}
