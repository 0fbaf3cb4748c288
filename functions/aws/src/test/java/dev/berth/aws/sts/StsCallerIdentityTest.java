package dev.berth.aws.sts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.core.login.CallerIdentityRequest;
import dev.berth.core.login.LoginException.Refused;
import dev.berth.core.login.LoginException.Unavailable;
import dev.berth.core.login.PresignedToken;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StsCallerIdentityTest {

  private static final String AUDIENCE = "registry.example.com";

  private final TestSts server = new TestSts();
  private final StsCallerIdentity sts = new StsCallerIdentity();

  @AfterEach
  void close() {
    server.close();
  }

  private CallerIdentityRequest request() {
    return request(server.url());
  }

  private static CallerIdentityRequest request(String origin) {
    String url = PresignedToken.at(Instant.now()).to(origin).audience(AUDIENCE).url();
    return new CallerIdentityRequest(url, "0".repeat(64), Instant.MAX);
  }

  private String signer() {
    return sts.signer(request(), AUDIENCE);
  }

  @Test
  void stsNamesTheSigner() {
    assertThat(signer()).isEqualTo(TestSts.ARN);
  }

  @Test
  void aRequestThatWasSignedForSomebodyElseIsRefused() {
    assertThatThrownBy(() -> sts.signer(request(), "another.example.com"))
        .isInstanceOf(Refused.class)
        .hasMessageContaining("SignatureDoesNotMatch")
        .hasMessageContaining("--cluster-name another.example.com");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ExpiredToken", "InvalidClientTokenId", "AccessDenied"})
  void whatStsSaysOfARefusalIsTold(String code) {
    server.answer(403, TestSts.error(code));

    assertThatThrownBy(this::signer).isInstanceOf(Refused.class).hasMessageContaining(code);
  }

  @Test
  void anErrorThatIsNoCodeIsNotRepeated() {
    server.answer(403, TestSts.error("evil words, \n and more"));

    assertThatThrownBy(this::signer)
        .isInstanceOf(Refused.class)
        .hasMessageContaining("status 403")
        .hasMessageNotContaining("evil");
  }

  @Test
  void aFailureOfStsIsNoRefusal() {
    server.answer(500, "");
    assertThatThrownBy(this::signer).isInstanceOf(Unavailable.class);
    server.answer(400, TestSts.error("Throttling"));
    assertThatThrownBy(this::signer).isInstanceOf(Unavailable.class);
  }

  @Test
  void aRedirectIsNotFollowed() {
    server.redirectTo(server.url() + "/elsewhere");

    assertThatThrownBy(this::signer).isInstanceOf(Unavailable.class);
    assertThat(server.asked()).containsExactly("/");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "not XML",
        "{\"GetCallerIdentityResponse\":{}}",
        "<a><Arn></Arn></a>",
        "<a><Arn>arn:aws:iam::1:root</Arn></a>",
        "<a><Arn>arn:aws:s3:::bucket</Arn></a>",
        "<a><Arn>arn:aws:iam::111122223333:user/a b</Arn></a>",
        "<a><Arn><b/></Arn></a>",
        "<!DOCTYPE a [<!ENTITY e \"arn:aws:iam::111122223333:root\">]><a><Arn>&e;</Arn></a>",
        "<!DOCTYPE a [<!ENTITY e SYSTEM \"file:///etc/hostname\">]><a><Arn>&e;</Arn></a>"
      })
  void anAnswerThatNamesNobodyIsNone(String body) {
    server.answer(200, body);

    assertThatThrownBy(this::signer).isInstanceOf(Unavailable.class);
  }

  @Test
  void anAnswerThatIsTooLongIsNone() {
    server.answer(200, " ".repeat(64 * 1024) + TestSts.caller(TestSts.ARN));

    assertThatThrownBy(this::signer).isInstanceOf(Unavailable.class);
  }

  @Test
  void anStsThatIsNotThereIsUnavailable() {
    server.close();

    assertThatThrownBy(this::signer)
        .isInstanceOf(Unavailable.class)
        .hasMessageNotContaining("X-Amz");
  }

  @Test
  void anStsThatDoesNotAnswerIsWaitedForALittle() throws IOException {
    var impatient = new StsCallerIdentity(Duration.ofMillis(200), Duration.ofMillis(200));
    try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var request = request("http://127.0.0.1:" + silent.getLocalPort());
      assertThatThrownBy(() -> impatient.signer(request, AUDIENCE))
          .isInstanceOf(Unavailable.class)
          .hasMessageContaining("in time");
    }
  }
}
