package dev.berth.local.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.berth.local.bus.Sender.RefusedException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class HttpSenderTest {

  @Test
  void noRefusalTellsThePathOrTheQuery() throws IOException {
    var consumer = new Consumer();
    URI url = URI.create(consumer.url() + "/s3cret?token=s3cret");
    consumer.answers(302, 404, 503);
    for (int i = 0; i < 3; i++) {
      assertThat(trace(url)).contains("answered ").doesNotContain("s3cret");
    }
    consumer.close();
    assertThat(trace(url)).contains("not reached").doesNotContain("s3cret");
    assertThat(trace(URI.create("http://nobody.invalid/s3cret?token=s3cret")))
        .contains("not reached")
        .doesNotContain("s3cret");
  }

  /** All that a log or a dead letter has of it. */
  private static String trace(URI url) {
    try (var sender = new HttpSender(url, Duration.ofMinutes(1))) {
      var trace = new StringWriter();
      Throwable refusal = catchThrowable(() -> sender.send("{}"));
      assertThat(refusal).isInstanceOf(RefusedException.class);
      refusal.printStackTrace(new PrintWriter(trace));
      return trace.toString();
    }
  }
}
