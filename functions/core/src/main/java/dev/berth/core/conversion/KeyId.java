package dev.berth.core.conversion;

import dev.berth.core.oci.Algorithm;
import java.security.PublicKey;

/**
 * How Docker's libtrust names a public key: 240 bits of the SHA-256 of its X.509 form in base32
 * (RFC 4648, 6), in groups of four characters.
 */
final class KeyId {

  private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  private static final int BITS = 240;
  private static final int BITS_A_CHARACTER = 5;
  private static final int GROUP = 4;

  private KeyId() {}

  static String of(PublicKey key) {
    byte[] hash = Algorithm.SHA256.newMessageDigest().digest(key.getEncoded());
    StringBuilder id = new StringBuilder();
    for (int bit = 0; bit < BITS; bit += BITS_A_CHARACTER) {
      if (bit > 0 && bit % (GROUP * BITS_A_CHARACTER) == 0) {
        id.append(':');
      }
      id.append(BASE32.charAt(character(hash, bit)));
    }
    return id.toString();
  }

  private static int character(byte[] hash, int bit) {
    int first = bit / Byte.SIZE;
    int two = Byte.toUnsignedInt(hash[first]) << Byte.SIZE | Byte.toUnsignedInt(hash[first + 1]);
    return two >> 2 * Byte.SIZE - BITS_A_CHARACTER - bit % Byte.SIZE & 31;
  }
}
