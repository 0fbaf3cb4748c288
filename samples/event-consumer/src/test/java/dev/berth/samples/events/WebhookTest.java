package dev.berth.samples.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookTest {

  private static Webhook to(String url) {
    return Webhook.of(Map.of("WEBHOOK_URL", url));
  }

  @Test
  void aLineIsPosted() throws Exception {
    try (var hook = new Hook()) {
      to(hook.url()).accept("{\"a\":1}");

      assertThat(hook.take()).isEqualTo("{\"a\":1}");
    }
  }

  @Test
  void anAnswerThatIsNoSuccessIsAFailureThatDoesNotTellTheUrl() throws Exception {
    try (var hook = new Hook()) {
      hook.fail(1);

      assertThatThrownBy(() -> to(hook.url()).accept("{}"))
          .hasMessage("the webhook answered 503")
          .hasNoCause();
    }
  }

  @Test
  void aWebhookThatIsNotThereIsAFailure() throws Exception {
    var hook = new Hook();
    hook.close();

    assertThatThrownBy(() -> to(hook.url()).accept("{}")).hasMessage("the webhook does not answer");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "hook", "ftp://localhost/", "http://", "http:///path"})
  void whatIsNoUrlIsSaid(String url) {
    assertThatThrownBy(() -> to(url)).hasMessage("WEBHOOK_URL is no URL of HTTP");
  }

  @Test
  void aMissingUrlIsSaid() {
    assertThatThrownBy(() -> Webhook.of(Map.of())).hasMessage("WEBHOOK_URL is no URL of HTTP");
  }
}
