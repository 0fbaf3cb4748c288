package dev.berth.core.replication;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.core.replication.PeerSecret.Credentials;
import dev.berth.core.replication.PeerSecret.Source;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PeerSecretTest {

  private static final Source SOURCE = new Source("111122223333", "us-gov-west-1");

  private final PeerSecret secret = secret((byte) 1);

  private static PeerSecret secret(byte fill) {
    byte[] bytes = new byte[32];
    java.util.Arrays.fill(bytes, fill);
    return PeerSecret.of(bytes);
  }

  @Test
  void bothSidesDeriveTheSameCredentials() {
    assertThat(secret.credentials(SOURCE)).isEqualTo(secret((byte) 1).credentials(SOURCE));
  }

  @Test
  void aKeysIdNamesItsSource() {
    assertThat(PeerSecret.source(secret.credentials(SOURCE).accessKeyId())).contains(SOURCE);
  }

  @Test
  void eachAccountAndRegionAndSecretHasItsOwn() {
    Credentials one = secret.credentials(SOURCE);
    assertThat(secret.credentials(new Source("444455556666", SOURCE.region())).secretKey())
        .isNotEqualTo(one.secretKey());
    assertThat(secret.credentials(new Source(SOURCE.account(), "us-east-1")).secretKey())
        .isNotEqualTo(one.secretKey());
    assertThat(secret((byte) 2).credentials(SOURCE).secretKey()).isNotEqualTo(one.secretKey());
    assertThat(one.sessionToken()).isNotEqualTo(one.secretKey());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "AKIAIOSFODNN7EXAMPLE",
        "BRPL_111122223333",
        "BRPL_11112222333_us_east_1",
        "BRPL_111122223333_US_EAST_1",
        "BRPL_111122223333_us_east_1x"
      })
  void otherIdsNameNoSource(String id) {
    assertThat(PeerSecret.source(id)).isEmpty();
  }

  @Test
  void aShortSecretIsNone() {
    assertThatThrownBy(() -> PeerSecret.of(new byte[31]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("32 bytes");
  }

  @Test
  void eachTwoRegionsOfADeploymentShareASecretOfTheirOwn() {
    SecretKey root = new SecretKeySpec(new byte[32], "HmacSHA256");
    PeerSecret shared = PeerSecret.between(root, "us-east-1", "us-west-2");

    assertThat(PeerSecret.between(root, "us-west-2", "us-east-1").isSameAs(shared)).isTrue();
    assertThat(PeerSecret.between(root, "us-east-1", "us-west-1").isSameAs(shared)).isFalse();
    assertThat(PeerSecret.between(root, "us-east-1", "us-east-1").isSameAs(shared)).isFalse();
    assertThat(PeerSecret.of(root.getEncoded()).isSameAs(shared)).isFalse();
    SecretKey other =
        new SecretKeySpec("0123456789abcdef0123456789abcdef".getBytes(UTF_8), "HmacSHA256");
    assertThat(PeerSecret.between(other, "us-east-1", "us-west-2").isSameAs(shared)).isFalse();
  }

  @Test
  void theyAreNotPrintedWithTheirSecret() {
    assertThat(secret).hasToString("PeerSecret");
    Credentials credentials = secret.credentials(SOURCE);
    assertThat(credentials.toString())
        .doesNotContain(credentials.secretKey(), credentials.sessionToken());
  }
}
