package dev.berth.core.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.berth.core.secret.DeploymentSecret.Key;
import dev.berth.core.secret.DeploymentSecret.Purpose;
import dev.berth.core.secret.SecretBox.Encrypted;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class SecretBoxTest {

  private static final byte[] SECRET = "wJalrXUtnFEMI".getBytes(StandardCharsets.UTF_8);
  private static final byte[] CONTEXT = "AKIAEXAMPLE".getBytes(StandardCharsets.UTF_8);

  private final SecretBox box = box(key("a", 1));

  @Property
  void whatIsEncryptedIsDecryptedAgain(@ForAll byte[] secret, @ForAll byte[] context) {
    assertThat(box.decrypt(box.encrypt(secret, context), context)).isEqualTo(secret);
  }

  @Test
  void theSameSecretNeverLooksTheSame() {
    assertThat(box.encrypt(SECRET, CONTEXT).bytes())
        .isNotEqualTo(box.encrypt(SECRET, CONTEXT).bytes());
  }

  @Test
  void theSecretDoesNotShow() {
    Encrypted encrypted = box.encrypt(SECRET, CONTEXT);

    assertThat(new String(encrypted.bytes(), StandardCharsets.ISO_8859_1))
        .doesNotContain("wJalrXUtnFEMI");
    assertThat(encrypted).hasToString("Encrypted[a]");
  }

  @Test
  void itOpensInItsOwnContextOnly() {
    Encrypted encrypted = box.encrypt(SECRET, CONTEXT);

    assertThatIllegalStateException()
        .isThrownBy(() -> box.decrypt(encrypted, new byte[] {1}))
        .withMessage("a secret that is kept cannot be decrypted");
  }

  @Test
  void oneBitThatWasChangedShows() {
    byte[] bytes = box.encrypt(SECRET, CONTEXT).bytes();
    for (int i = 0; i < bytes.length; i++) {
      byte[] changed = bytes.clone();
      changed[i] ^= 1;
      assertThatIllegalStateException()
          .isThrownBy(() -> box.decrypt(new Encrypted("a", changed), CONTEXT));
    }
    assertThatIllegalStateException()
        .isThrownBy(() -> box.decrypt(new Encrypted("a", Arrays.copyOf(bytes, 5)), CONTEXT));
  }

  @Test
  void aRotatedKeyGoesOnOpening() {
    Encrypted encrypted = box.encrypt(SECRET, CONTEXT);

    assertThat(box(key("b", 2), key("a", 1)).decrypt(encrypted, CONTEXT)).isEqualTo(SECRET);
    assertThatIllegalStateException()
        .isThrownBy(() -> box(key("b", 2)).decrypt(encrypted, CONTEXT))
        .withMessage("the deployment's secret no longer has the key a");
  }

  private static SecretBox box(Key... keys) {
    return new DeploymentSecret(List.of(keys)).secretBox(Purpose.ACCESS_KEY_SECRET);
  }

  private static Key key(String id, int fill) {
    byte[] bytes = new byte[32];
    Arrays.fill(bytes, (byte) fill);
    return new Key(id, bytes);
  }
}
