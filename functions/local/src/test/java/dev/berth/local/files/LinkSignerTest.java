package dev.berth.local.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.secret.DeploymentSecret;
import dev.berth.core.secret.DeploymentSecret.Purpose;
import dev.berth.registry.store.Objects.Method;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinkSignerTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private final LinkSigner signer = at(NOW);
  private final URI link = signer.sign("layers/a_b-C.1", Method.GET, Duration.ofSeconds(60));

  @Test
  void aLinkNamesTheListenerTheKeyTheMethodAndItsEnd() {
    assertThat(link.toString())
        .startsWith(
            "http://127.0.0.1:5000/_objects/layers/a_b-C.1?method=GET&expires=1767225660&signature=");
  }

  @Test
  void aLinkIsGoodUntilItsEnd() {
    assertThat(verified(at(NOW.plusSeconds(59)))).contains("layers/a_b-C.1");
    assertThat(verified(at(NOW.plusSeconds(60)))).isEmpty();
  }

  @Test
  void anotherDeploymentsLinkIsRefused() {
    byte[] bytes = new byte[32];
    bytes[0] = 1;
    var other = new DeploymentSecret(List.of(new DeploymentSecret.Key("k1", bytes)));
    var stranger =
        new LinkSigner(
            other.sealer(Purpose.SIGNED_LINK),
            () -> TestLinks.BASE,
            Clock.fixed(NOW, ZoneOffset.UTC));
    assertThat(verified(stranger)).isEmpty();
  }

  @Test
  void whatIsSealedForAnotherPurposeIsNoSignature() {
    var secret = new DeploymentSecret(List.of(new DeploymentSecret.Key("k1", new byte[32])));
    String sealed =
        secret.sealer(Purpose.PAGE_POSITION).seal("GET 1767225660 layers/a_b-C.1".getBytes());
    String query = "method=GET&expires=1767225660&signature=" + sealed;
    assertThat(signer.verify("GET", link.getRawPath(), query)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "method=GET",
        "method=GET&expires=x&signature=a.b.c",
        "method=GET&expires=1767225660",
        "method=GET&expires=99999999999999999999&signature=a.b.c",
        "method=GET&expires=9223372036854775807&signature=",
        "method=GET&expires=1767225660&signature=k1.%ff%ff.%00",
        "&&&=&=",
        "%&method=%zz"
      })
  void aMalformedQueryIsRefused(String query) {
    assertThat(signer.verify("GET", link.getRawPath(), query)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "",
        "/_objects",
        "/_objects/",
        "/v2/",
        "/_objects/../layers/a_b-C.1",
        "/_objects/layers%2Fa_b-C.1",
        "/_objects/layers/a_b-C.1/",
        "/x/_objects/layers/a_b-C.1"
      })
  void anotherPathIsRefused(String path) {
    assertThat(signer.verify("GET", path, link.getRawQuery())).isEmpty();
  }

  private Optional<String> verified(LinkSigner verifier) {
    return verifier.verify("GET", link.getRawPath(), link.getRawQuery());
  }

  private static LinkSigner at(Instant now) {
    return new LinkSigner(
        TestLinks.sealer(), () -> TestLinks.BASE, Clock.fixed(now, ZoneOffset.UTC));
  }
}
