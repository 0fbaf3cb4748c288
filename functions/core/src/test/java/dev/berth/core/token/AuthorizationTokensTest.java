package dev.berth.core.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.authz.Principal;
import dev.berth.core.authz.Session;
import dev.berth.core.secret.DeploymentSecret;
import dev.berth.core.secret.DeploymentSecret.Key;
import dev.berth.core.secret.DeploymentSecret.Purpose;
import dev.berth.core.token.AuthorizationTokens.Opened;
import dev.berth.core.token.AuthorizationTokens.Opened.Expired;
import dev.berth.core.token.AuthorizationTokens.Opened.Forged;
import dev.berth.core.token.AuthorizationTokens.Opened.Valid;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthorizationTokensTest {

  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");
  private static final Instant LATER = NOW.plus(Duration.ofHours(12));
  private static final Principal ALICE =
      new Principal("123456789012", "arn:aws:iam::123456789012:user/alice", "AIDAALICE", "AKIA1");
  private static final DeploymentSecret SECRET = secret("a", 1);

  private final String password = tokens(NOW).issue(ALICE, "us-west-2").password();

  @Test
  void aTokenSaysWhoAskedForWhichRegionAndWhen() {
    assertThat(tokens(NOW).open(password))
        .isEqualTo(
            new Valid(
                new AuthorizationToken(
                    "AKIA1", "123456789012", "AIDAALICE", "us-west-2", NOW, LATER)));
  }

  @Test
  void itIsValidForTwelveHours() {
    assertThat(tokens(NOW).issue(ALICE, "us-west-2").expiresAt()).isEqualTo(LATER);
    assertThat(tokens(LATER.minusMillis(1)).open(password)).isInstanceOf(Valid.class);
    assertThat(tokens(LATER).open(password))
        .isInstanceOfSatisfying(
            Expired.class,
            expired -> assertThat(expired.token().principalUniqueId()).isEqualTo("AIDAALICE"));
  }

  @Test
  void itEndsWithItsSession() {
    Instant end = NOW.plusSeconds(60);
    var issued = tokens(NOW).issue(untilThen(end), "us-west-2");

    assertThat(issued.expiresAt()).isEqualTo(end);
    assertThat(tokens(end).open(issued.password())).isInstanceOf(Expired.class);
  }

  private static Principal untilThen(Instant end) {
    var session = new Session(NOW, end, Optional.empty(), List.of(), Map.of());
    return new Principal(
        ALICE.account(), ALICE.arn(), ALICE.uniqueId(), "ASIA1", Optional.of(session));
  }

  @Test
  void aLongSessionDoesNotProlongIt() {
    assertThat(tokens(NOW).issue(untilThen(LATER.plusSeconds(1)), "us-west-2").expiresAt())
        .isEqualTo(LATER);
  }

  @Test
  void aTruncatedTokenIsForged() {
    for (int length = 0; length < password.length(); length++) {
      assertForged(tokens(NOW).open(password.substring(0, length)));
    }
  }

  @Test
  void aTokenThatWasChangedIsForged() {
    // not the last character: it holds four bits of the seal and two of padding
    for (int i = 0; i < password.length() - 1; i++) {
      char other = password.charAt(i) == 'A' ? 'B' : 'A';
      assertForged(tokens(NOW).open(password.substring(0, i) + other + password.substring(i + 1)));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "a..", "a.AAAA.AAAA", "geheim", "a.\uD800.x"})
  void aPasswordThatIsNoTokenIsForged(String other) {
    assertForged(tokens(NOW).open(other));
  }

  @Property
  void anyOtherTextIsForged(@ForAll @StringLength(max = 200) String other) {
    assertForged(tokens(NOW).open(other));
  }

  @Test
  void aTextThatIsTooLongIsForged() {
    byte[] payload = new byte[AuthorizationTokens.MAX_LENGTH];

    assertForged(tokens(NOW).open(SECRET.sealer(Purpose.AUTHORIZATION_TOKEN).seal(payload)));
  }

  @Test
  void whatWasSealedForAnotherPurposeIsForged() {
    byte[] payload =
        "1 k 123456789012 u us-west-2 0 9999999999999".getBytes(StandardCharsets.UTF_8);

    assertThat(tokens(NOW).open(SECRET.sealer(Purpose.AUTHORIZATION_TOKEN).seal(payload)))
        .isInstanceOf(Valid.class);
    assertForged(tokens(NOW).open(SECRET.sealer(Purpose.SIGNED_LINK).seal(payload)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"2 k 123456789012 u us-west-2 0 9999999999999", "1 k", ""})
  void aFormatOfAnotherVersionIsForged(String payload) {
    var sealer = SECRET.sealer(Purpose.AUTHORIZATION_TOKEN);

    assertForged(tokens(NOW).open(sealer.seal(payload.getBytes(StandardCharsets.UTF_8))));
  }

  @Test
  void aTokenOfAnotherDeploymentIsForged() {
    var other = secret("a", 2).sealer(Purpose.AUTHORIZATION_TOKEN);
    var elsewhere = new AuthorizationTokens(other, Clock.fixed(NOW, ZoneOffset.UTC));

    assertForged(elsewhere.open(password));
  }

  @Test
  void aTokenIsPrintedWithoutThePassword() {
    var issued = tokens(NOW).issue(ALICE, "us-west-2");

    assertThat(issued.toString()).doesNotContain(issued.password());
  }

  private static void assertForged(Opened opened) {
    assertThat(opened).isEqualTo(new Forged());
  }

  private static AuthorizationTokens tokens(Instant now) {
    var sealer = SECRET.sealer(Purpose.AUTHORIZATION_TOKEN);
    return new AuthorizationTokens(sealer, Clock.fixed(now, ZoneOffset.UTC));
  }

  private static DeploymentSecret secret(String id, int first) {
    byte[] bytes = new byte[32];
    bytes[0] = (byte) first;
    return new DeploymentSecret(List.of(new Key(id, bytes)));
  }
}
