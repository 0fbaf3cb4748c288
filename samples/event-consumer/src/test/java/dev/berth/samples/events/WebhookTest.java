package dev.berth.samples.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.PrintWriter;
import java.io.StringWriter;
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

  @Test
  void noMessageTellsAnythingOfTheUrl() throws Exception {
    var hook = new Hook();
    String url = hook.url().replace("//", "//user:s3cret@") + "/s3cret?token=s3cret";
    hook.fail(1);
    assertThat(trace(url)).contains("503").doesNotContain("s3cret", "user");
    hook.close();
    assertThat(trace(url)).contains("does not answer").doesNotContain("s3cret", "user");
    assertThat(trace("http://h:99999/s3cret")).contains("is no URL").doesNotContain("s3cret");
    assertThat(trace("http://h/s3cret%zz")).contains("is no URL").doesNotContain("s3cret");
  }

  /** All that a log would have of a failure. */
  private static String trace(String url) {
    var trace = new StringWriter();
    catchThrowable(() -> to(url).accept("{}")).printStackTrace(new PrintWriter(trace));
    return trace.toString();
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
