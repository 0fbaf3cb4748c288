package dev.berth.core.oci;

import static dev.berth.core.oci.Manifests.IMAGE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Bytes that somebody sends in order to do harm are a manifest or a refusal, and nothing else. */
class HostileManifestTest {

  private static final String BEYOND =
      "the manifest is beyond what is read of JSON: 64 levels, 100000 tokens, numbers of 64"
          + " characters";

  @Property(tries = 300)
  void anyBytesAreRefused(@ForAll byte[] bytes) {
    assertThat(outcome(bytes)).isInstanceOf(ManifestException.class);
  }

  @Property(tries = 1000)
  void aDamagedManifestIsReadOrRefused(@ForAll("damaged") byte[] bytes) {
    assertThat(outcome(bytes)).isInstanceOfAny(Manifest.class, ManifestException.class);
  }

  @Property(tries = 500)
  void aDamagedManifestOfSchema1IsReadOrRefused(@ForAll("damagedSchema1") byte[] bytes) {
    assertThat(outcome(bytes)).isInstanceOfAny(Manifest.class, ManifestException.class);
  }

  @Property(tries = 500)
  void aManifestWithOneValueReplacedIsReadOrRefused(@ForAll("replaced") String json) {
    assertThat(outcome(json)).isInstanceOfAny(Manifest.class, ManifestException.class);
  }

  @Provide
  static Arbitrary<byte[]> damaged() {
    return damaged(IMAGE);
  }

  @Provide
  static Arbitrary<byte[]> damagedSchema1() throws GeneralSecurityException {
    String payload = Schema1Manifests.unsigned(Manifests.LAYER);
    var key = Schema1Manifests.Key.onCurve("P-256", "secp256r1", "ES256", "SHA256");
    return damaged(Schema1Manifests.signed(payload, key.signature(payload)));
  }

  private static Arbitrary<byte[]> damaged(String manifest) {
    byte[] valid = manifest.getBytes(StandardCharsets.UTF_8);
    return Combinators.combine(
            Arbitraries.integers().between(0, valid.length - 1),
            Arbitraries.bytes(),
            Arbitraries.integers().between(0, 40))
        .as(
            (at, with, cut) -> {
              byte[] damaged = Arrays.copyOf(valid, valid.length - cut);
              damaged[Math.min(at, damaged.length - 1)] = with;
              return damaged;
            });
  }

  @Provide
  static Arbitrary<String> replaced() {
    List<String> values =
        IMAGE.lines().flatMap(line -> Arrays.stream(line.split("[,{}\\[\\]:]"))).toList();
    return Combinators.combine(
            Arbitraries.of(values.stream().map(String::strip).filter(v -> !v.isEmpty()).toList()),
            Arbitraries.of(
                "{}", "[]", "null", "-1", "1e999", "\"\\ud800\"", "\"sha256:\"", "[[{}]]"))
        .as((value, other) -> IMAGE.replace(value, other));
  }

  @Example
  void deepNestingIsRefused() {
    assertRefused("[".repeat(2_000_000), BEYOND);
    assertRefused(within("{\"a\":".repeat(100_000)), BEYOND);
  }

  @Example
  void hugeNumbersAreRefused() {
    assertRefused(within("9".repeat(1_000_000)), BEYOND);
    assertRefused(IMAGE.replace(": 2,", ": 2" + "0".repeat(100) + ","), BEYOND);
  }

  @Example
  void moreTokensThanAManifestNeedsAreRefused() {
    assertRefused(within("[" + "[],".repeat(500_000) + "[]]"), BEYOND);
  }

  @Example
  void manyNamesWithOneHashCodeAreReadLikeOthers() {
    StringBuilder members = new StringBuilder("{");
    for (int i = 0; i < 1 << 14; i++) {
      String bits = Integer.toBinaryString(1 << 14 | i);
      members.append('"').append(bits.replace("0", "Aa").replace("1", "BB")).append("\":1,");
    }
    assertThat(outcome(within(members + "\"a\":1}"))).isInstanceOf(ImageManifest.class);
  }

  @Example
  void aNameThatOccursTwiceIsRefused() {
    assertThatThrownBy(() -> read(IMAGE.replaceFirst("\\{", "{\"schemaVersion\": 2, ")))
        .isInstanceOf(ManifestException.class)
        .hasMessageStartingWith("the manifest is not valid JSON: ")
        .hasMessageContaining("schemaVersion");
    assertRefusedAsJson(within("{\"a\": 1, \"\\u0061\": 2}"));
  }

  @Example
  void onlyJsonIsRead() {
    assertRefused("", "the manifest is not a JSON object");
    assertRefusedAsJson(IMAGE + "{}");
    assertRefusedAsJson(IMAGE + "x");
    assertRefusedAsJson(within("NaN"));
    assertRefusedAsJson(within("Infinity"));
    assertRefusedAsJson(within("'single'"));
    assertRefusedAsJson(within("/* comment */ 1"));
    assertRefusedAsJson(within("01"));
    assertRefusedAsJson(within("\"line\nbreak\""));
    assertRefusedAsJson("\uFEFF" + IMAGE);
  }

  @Example
  void onlyUtf8IsRead() {
    String message = "the manifest is not valid UTF-8";
    assertRefused(new byte[] {'{', (byte) 0xff, '}'}, message);
    byte[] overlongSlash = {'"', (byte) 0xc0, (byte) 0xaf, '"'};
    assertRefused(overlongSlash, message);
    byte[] surrogate = {'"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"'};
    assertRefused(surrogate, message);
    assertThat(outcome(IMAGE.getBytes(StandardCharsets.UTF_16)))
        .isInstanceOf(ManifestException.class);
  }

  @Example
  void oneByteMoreThan4MiBIsRefused() {
    assertRefused(
        new byte[ManifestReader.MAX_BYTES + 1],
        "the manifest has 4194305 bytes, at most 4194304 are allowed");
  }

  /** The valid image with one more member of this value. */
  private static String within(String value) {
    return IMAGE.replaceFirst("\\{", "{\"x\": " + value.replace("\\", "\\\\") + ", ");
  }

  private static void assertRefusedAsJson(String json) {
    assertThatThrownBy(() -> read(json))
        .isExactlyInstanceOf(ManifestException.class)
        .hasMessageStartingWith("the manifest is not valid JSON: ");
  }

  private static void assertRefused(String json, String message) {
    assertRefused(json.getBytes(StandardCharsets.UTF_8), message);
  }

  private static void assertRefused(byte[] bytes, String message) {
    assertThatThrownBy(() -> ManifestReader.read(bytes, Optional.empty()))
        .isExactlyInstanceOf(ManifestException.class)
        .hasMessage(message);
  }

  private static Manifest read(String json) {
    return ManifestReader.read(json.getBytes(StandardCharsets.UTF_8), Optional.empty());
  }

  private static Object outcome(String json) {
    return outcome(json.getBytes(StandardCharsets.UTF_8));
  }

  private static Object outcome(byte[] bytes) {
    try {
      return ManifestReader.read(bytes, Optional.empty());
    } catch (RuntimeException refused) {
      return refused;
    }
  }
}
