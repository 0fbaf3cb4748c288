package dev.berth.core.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class SeededRandomTest {

  private static final byte[] SEED = {1, 2, 3};

  private static SecretKey secret(int first) {
    byte[] bytes = new byte[32];
    bytes[0] = (byte) first;
    return new SecretKeySpec(bytes, "HmacSHA256");
  }

  private static byte[] bytes(SeededRandom random, int... counts) {
    byte[] all = new byte[Arrays.stream(counts).sum()];
    int at = 0;
    for (int count : counts) {
      byte[] some = new byte[count];
      random.nextBytes(some);
      System.arraycopy(some, 0, all, at, count);
      at += count;
    }
    return all;
  }

  @Test
  void theSameSecretAndSeedGiveTheSameBytesHoweverTheyAreTaken() {
    byte[] bytes = bytes(new SeededRandom(secret(1), SEED), 100);

    assertThat(bytes(new SeededRandom(secret(1), SEED), 1, 31, 33, 35)).isEqualTo(bytes);
    assertThat(Arrays.copyOf(bytes, 32)).isNotEqualTo(Arrays.copyOfRange(bytes, 32, 64));
  }

  @Test
  void anotherSecretOrSeedGivesOtherBytes() {
    byte[] bytes = bytes(new SeededRandom(secret(1), SEED), 32);

    assertThat(bytes(new SeededRandom(secret(2), SEED), 32)).isNotEqualTo(bytes);
    assertThat(bytes(new SeededRandom(secret(1), new byte[] {1, 2}), 32)).isNotEqualTo(bytes);
  }
}
