package dev.berth.core.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.berth.core.secret.DeploymentSecret.Key;
import dev.berth.core.secret.DeploymentSecret.Purpose;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class SealerTest {

  private static final Key OLD = key("old", 1);
  private static final Key NEW = key("new", 2);
  private static final byte[] PAYLOAD = "payload".getBytes(StandardCharsets.UTF_8);

  private final Sealer sealer = sealer(Purpose.UPLOAD_STATE, OLD);

  @Property(tries = 100)
  void whatWasSealedIsOpenedUnchanged(@ForAll byte[] payload) {
    String sealed = sealer.seal(payload);
    assertThat(sealed).matches("[A-Za-z0-9._-]+");
    assertThat(sealer.open(sealed)).contains(payload);
  }

  @Example
  void aSealWithAnyCharacterChangedIsNotOpened() {
    String sealed = sealer.seal(PAYLOAD);
    for (int at = 0; at < sealed.length(); at++) {
      char other = sealed.charAt(at) == 'A' ? 'B' : 'A';
      String forged = sealed.substring(0, at) + other + sealed.substring(at + 1);
      assertThat(sealer.open(forged)).as(forged).isEmpty();
    }
  }

  @Example
  void aSealIsOpenedInOneSpellingOnly() {
    String sealed = sealer.seal(PAYLOAD);
    assertThat(sealer.open(sealed + "=")).isEmpty();
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    long opened =
        alphabet
            .chars()
            .filter(
                last ->
                    sealer.open(sealed.substring(0, sealed.length() - 1) + (char) last).isPresent())
            .count();
    assertThat(opened).isOne();
  }

  @Example
  void aTruncatedOrLengthenedSealIsNotOpened() {
    String sealed = sealer.seal(PAYLOAD);
    for (int length = 0; length < sealed.length(); length++) {
      assertThat(sealer.open(sealed.substring(0, length))).isEmpty();
    }
    assertThat(sealer.open(sealed + "A")).isEmpty();
    assertThat(sealer.open(sealed + ".")).isEmpty();
    assertThat(sealer.open("x." + sealed)).isEmpty();
    assertThat(sealer.open("\u00e4.\ud800.\u0000")).isEmpty();
    assertThat(sealer.open("..")).isEmpty();
  }

  @Example
  void aSealForOnePurposeIsNoGoodForAnother() {
    String sealed = sealer.seal(PAYLOAD);
    for (Purpose purpose : Purpose.values()) {
      assertThat(sealer(purpose, OLD).open(sealed).isPresent())
          .isEqualTo(purpose == Purpose.UPLOAD_STATE);
    }
  }

  @Example
  void aSealOfAnotherDeploymentIsNotOpened() {
    assertThat(sealer.open(sealer(Purpose.UPLOAD_STATE, key("old", 9)).seal(PAYLOAD))).isEmpty();
    assertThat(sealer.open(sealer(Purpose.UPLOAD_STATE, NEW).seal(PAYLOAD))).isEmpty();
  }

  @Example
  void aRotatedKeyOpensWhatItSealedUntilItIsTakenAway() {
    Sealer rotated = sealer(Purpose.UPLOAD_STATE, NEW, OLD);
    assertThat(rotated.open(sealer.seal(PAYLOAD))).contains(PAYLOAD);
    assertThat(rotated.seal(PAYLOAD)).startsWith("new.");
    assertThat(sealer(Purpose.UPLOAD_STATE, NEW).open(sealer.seal(PAYLOAD))).isEmpty();
  }

  @Example
  void aKeyNeedsAnIdAnd32BytesAndIsNeverPrinted() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Key("a.b", new byte[32]));
    assertThatIllegalArgumentException().isThrownBy(() -> new Key("", new byte[32]));
    assertThatIllegalArgumentException().isThrownBy(() -> new Key("a", new byte[31]));
    assertThatIllegalArgumentException().isThrownBy(() -> new DeploymentSecret(List.of()));
    assertThat(OLD).hasToString("Key[old]");
    assertThat(new DeploymentSecret(List.of(OLD)).toString()).doesNotContain("1, 1");
  }

  private static Sealer sealer(Purpose purpose, Key... keys) {
    return new DeploymentSecret(List.of(keys)).sealer(purpose);
  }

  private static Key key(String id, int fill) {
    byte[] bytes = new byte[32];
    Arrays.fill(bytes, (byte) fill);
    return new Key(id, bytes);
  }
}
