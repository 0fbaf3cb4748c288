package dev.berth.core.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.authz.Principal;
import dev.berth.core.secret.DeploymentSecret;
import dev.berth.core.secret.DeploymentSecret.Key;
import dev.berth.core.secret.DeploymentSecret.Purpose;
import dev.berth.core.token.AuthorizationTokens.Opened;
import dev.berth.core.token.AuthorizationTokens.Opened.Forged;
import dev.berth.core.token.AuthorizationTokens.Opened.Valid;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What somebody can try who has a token of their own, which they can read. {@link
 * AuthorizationTokensTest} has the rest.
 */
class AttackTest {

  private static final Clock NOW =
      Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC);
  private static final Key CURRENT = new Key("new", bytes(1));
  private static final Key FORMER = new Key("old", bytes(2));
  private static final Principal MALLORY =
      new Principal("123456789012", "arn:aws:iam::123456789012:user/m", "AIDAMALLORY", "AKIA1");

  private final AuthorizationTokens tokens = tokens(CURRENT, FORMER);
  private final String[] parts = tokens.issue(MALLORY, "us-west-2").password().split("\\.");

  private static byte[] bytes(int first) {
    byte[] bytes = new byte[32];
    bytes[0] = (byte) first;
    return bytes;
  }

  private static AuthorizationTokens tokens(Key... keys) {
    var sealer = new DeploymentSecret(List.of(keys)).sealer(Purpose.AUTHORIZATION_TOKEN);
    return new AuthorizationTokens(sealer, NOW);
  }

  private static String encoded(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private String payload() {
    return new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
  }

  private void assertForged(String password) {
    assertThat(tokens.open(password)).isEqualTo(new Forged());
  }

  @ParameterizedTest
  @CsvSource({
    "AKIA1,AKIA2",
    "123456789012,210987654321",
    "AIDAMALLORY,AIDAALICE",
    "AIDAMALLORY,123456789012",
    "us-west-2,us-east-1",
    "1767323045000,1767323045001"
  })
  void aTokenIsNotRescopedUnderItsSeal(String from, String to) {
    String changed = payload().replace(from, to);
    assertThat(changed).isNotEqualTo(payload());

    assertForged(
        parts[0] + "." + encoded(changed.getBytes(StandardCharsets.UTF_8)) + "." + parts[2]);
  }

  @Test
  void aTokenIsNotProlonged() {
    String ends = payload().substring(payload().lastIndexOf(' ') + 1);
    String longer = payload().replace(ends, "9999999999999");

    assertForged(
        parts[0] + "." + encoded(longer.getBytes(StandardCharsets.UTF_8)) + "." + parts[2]);
  }

  @Test
  void theSealOfOneTokenIsNoGoodForAnother() {
    String[] other = tokens.issue(MALLORY, "us-east-1").password().split("\\.");

    assertForged(parts[0] + "." + parts[1] + "." + other[2]);
    assertThat(tokens.open(String.join(".", other))).isInstanceOf(Valid.class);
  }

  @Test
  void aTokenIsNotSaidToBeSealedWithAnotherKey() {
    assertForged("old." + parts[1] + "." + parts[2]);
    assertForged("." + parts[1] + "." + parts[2]);
    assertForged("none." + parts[1] + "." + parts[2]);
  }

  @Test
  void aTokenOfAKeyThatWasTakenOffTheListIsForged() {
    String former = tokens(FORMER).issue(MALLORY, "us-west-2").password();

    assertThat(tokens.open(former)).isInstanceOf(Valid.class);
    assertThat(tokens(CURRENT).open(former)).isEqualTo(new Forged());
  }

  /** The token says nothing of how it is sealed, so there is nothing to confuse. */
  @ParameterizedTest
  @ValueSource(strings = {"HmacSHA1", "HmacSHA224", "HmacSHA384", "HmacSHA512", "HmacMD5"})
  void aSealOfAnotherAlgorithmIsNone(String algorithm) throws Exception {
    var secret = new DeploymentSecret(List.of(CURRENT, FORMER));
    Mac mac = Mac.getInstance(algorithm);
    mac.init(new SecretKeySpec(secret.key(Purpose.AUTHORIZATION_TOKEN).getEncoded(), algorithm));
    byte[] seal = mac.doFinal((parts[0] + "." + parts[1]).getBytes(StandardCharsets.UTF_8));

    assertForged(parts[0] + "." + parts[1] + "." + encoded(seal));
  }

  @Test
  void aHashWithoutAKeyIsNoSeal() throws Exception {
    byte[] content = (parts[0] + "." + parts[1]).getBytes(StandardCharsets.UTF_8);

    assertForged(
        parts[0]
            + "."
            + parts[1]
            + "."
            + encoded(MessageDigest.getInstance("SHA-256").digest(content)));
    assertForged(parts[0] + "." + parts[1] + ".");
    assertForged(parts[0] + "." + parts[1]);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0.eyJzdWIiOiJyb290In0.",
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJyb290In0.c2lnbmF0dXJl"
      })
  void aTokenOfAnotherKindIsForged(String token) {
    assertForged(token);
  }

  /** Base64 has several spellings for the same bytes: only the one that was issued counts. */
  @Test
  void aTokenThatIsSpelledOtherwiseIsForged() {
    String token = String.join(".", parts);
    char last = token.charAt(token.length() - 1);
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    String sibling = "" + alphabet.charAt(alphabet.indexOf(last) ^ 1);

    assertForged(token.substring(0, token.length() - 1) + sibling);
    for (String around : List.of("=", " ", "\n", ".", "\u0000")) {
      assertForged(token + around);
      assertForged(around + token);
    }
  }

  @Test
  void aTokenDoesNotSayMoreThanItDid() {
    Opened opened = tokens.open(String.join(".", parts));

    assertThat(opened)
        .isInstanceOfSatisfying(
            Valid.class,
            valid -> {
              assertThat(valid.token().principalUniqueId()).isEqualTo("AIDAMALLORY");
              assertThat(valid.token().account()).isEqualTo("123456789012");
              assertThat(valid.token().region()).isEqualTo("us-west-2");
            });
  }
}
