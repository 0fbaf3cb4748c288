package dev.berth.samples.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.events.EventException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageNoticesTest {

  private static final String EVENT =
      """
      {"version": "0", "id": "1", "detail-type": "%s", "source": "aws.ecr",
       "account": "123456789012", "time": "2026-01-02T03:04:05Z", "region": "us-east-1",
       "resources": [], "detail": %s}
      """;

  private static final String PUSH =
      EVENT.formatted(
          "ECR Image Action",
          """
          {"result": "SUCCESS", "repository-name": "team/app", "image-digest": "sha256:ab",
           "action-type": "PUSH", "image-tag": "v1.2.3"}
          """);

  private static final String SCAN =
      EVENT.formatted(
          "ECR Image Scan",
          """
          {"scan-status": "COMPLETE", "repository-name": "team/app", "image-digest": "sha256:ab",
           "finding-severity-counts": {"CRITICAL": 1, "HIGH": 2, "LOW": 7}, "image-tags": ["a"]}
          """);

  private final List<String> lines = new ArrayList<>();

  private List<String> noticesOf(String event) throws IOException {
    var in = new ByteArrayInputStream(event.getBytes(UTF_8));
    new ImageNotices(lines::add).handleRequest(in, OutputStream.nullOutputStream(), null);
    return lines;
  }

  @Test
  void aReleaseIsTold() throws IOException {
    assertThat(noticesOf(PUSH))
        .containsExactly(
            """
            {"notice":"release","time":"2026-01-02T03:04:05Z","region":"us-east-1",\
            "repository":"team/app","digest":"sha256:ab","tag":"v1.2.3"}\
            """);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.2.3", "v10.20.30"})
  void aReleaseHasThreeNumbers(String tag) throws IOException {
    assertThat(noticesOf(PUSH.replace("v1.2.3", tag))).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"latest", "v1.2", "v1.2.3-rc1", "1.2.3.4", "x1.2.3"})
  void anotherTagIsNoRelease(String tag) throws IOException {
    assertThat(noticesOf(PUSH.replace("v1.2.3", tag))).isEmpty();
  }

  @Test
  void aDeletedReleaseIsNotTold() throws IOException {
    assertThat(noticesOf(PUSH.replace("PUSH", "DELETE"))).isEmpty();
  }

  @Test
  void aPushThatFailedIsNotTold() throws IOException {
    assertThat(noticesOf(PUSH.replace("SUCCESS", "FAILURE"))).isEmpty();
  }

  @Test
  void aPushWithoutATagIsNotTold() throws IOException {
    assertThat(noticesOf(PUSH.replace("\"image-tag\"", "\"other\""))).isEmpty();
  }

  @Test
  void findingsAreTold() throws IOException {
    assertThat(noticesOf(SCAN))
        .containsExactly(
            """
            {"notice":"findings","time":"2026-01-02T03:04:05Z","region":"us-east-1",\
            "repository":"team/app","digest":"sha256:ab","critical":1,"high":2,"tags":["a"]}\
            """);
  }

  @Test
  void lesserFindingsAreNotTold() throws IOException {
    assertThat(noticesOf(SCAN.replace("CRITICAL", "MEDIUM").replace("HIGH", "INFORMATIONAL")))
        .isEmpty();
  }

  @Test
  void aScanThatFailedIsNotTold() throws IOException {
    assertThat(noticesOf(SCAN.replace("COMPLETE", "FAILED"))).isEmpty();
  }

  @Test
  void eventsOfOtherKindsAreIgnored() throws IOException {
    String pull =
        """
        {"result": "SUCCESS", "repository-name": "team/app", "image-digest": "sha256:ab",
         "action-type": "PULL", "image-tag": "v1.2.3", "principal": "arn:aws:iam::1:root"}
        """;

    assertThat(noticesOf(EVENT.formatted("Image Pull", pull))).isEmpty();
    assertThat(noticesOf(EVENT.formatted("ECR Referrer Action", "{}"))).isEmpty();
    assertThat(noticesOf(EVENT.formatted("Scheduled Event", "{}"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{}", "not JSON"})
  void whatIsNoEventFails(String event) {
    assertThatThrownBy(() -> noticesOf(event)).isInstanceOf(EventException.class);
  }

  @Test
  void anEventWithoutItsMembersFails() {
    assertThatThrownBy(() -> noticesOf(PUSH.replace("repository-name", "name")))
        .isInstanceOf(EventException.class)
        .hasMessage("missing: detail.repository-name");
  }

  @Test
  void aWebhookThatFailsFailsTheInvocation() {
    var function =
        new ImageNotices(
            line -> {
              throw new IllegalStateException("no");
            });
    var in = new ByteArrayInputStream(PUSH.getBytes(UTF_8));

    assertThatThrownBy(() -> function.handleRequest(in, OutputStream.nullOutputStream(), null))
        .hasMessage("no");
  }
}
