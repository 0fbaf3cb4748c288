package dev.berth.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The golden files are the sample events of the ECR user guide ("Amazon ECR events and
 * EventBridge"); replication.json, which the guide lacks, is in their form, and image-pull.json is
 * Berth's own.
 */
class EcrEventsTest {

  private static final String DIGEST =
      "sha256:7f5b2640fe6fb4f46592dfd3410c4a79dac4f89e4782432e0378abcd1234";

  @Test
  void aPushIsRead() {
    assertThat(EcrEvents.read(Resources.bytes("image-push.json")))
        .isEqualTo(
            new ImageAction(
                new Envelope(
                    "0",
                    "13cde686-328b-6117-af20-0e5566167482",
                    "aws.ecr",
                    "123456789012",
                    Instant.parse("2019-11-16T01:54:34Z"),
                    "us-west-2",
                    List.of()),
                "SUCCESS",
                "my-repo",
                DIGEST,
                "PUSH",
                Optional.of("latest")));
  }

  @Test
  void aScanIsRead() {
    ImageScan scan = (ImageScan) EcrEvents.read(Resources.bytes("image-scan.json"));
    assertThat(scan.scanStatus()).isEqualTo("COMPLETE");
    assertThat(scan.findingSeverityCounts()).isEqualTo(Map.of("CRITICAL", 10L, "MEDIUM", 9L));
    assertThat(scan.imageTags()).isEmpty();
    assertThat(scan.envelope().resources())
        .containsExactly("arn:aws:ecr:us-east-1:123456789012:repository/my-repo");
  }

  @Test
  void aPullIsRead() {
    var pull = (ImagePull) EcrEvents.read(Resources.bytes("image-pull.json"));
    assertThat(pull.actionType()).isEqualTo("PULL");
    assertThat(pull.imageTag()).contains("latest");
    assertThat(pull.principal()).isEqualTo("arn:aws:sts::123456789012:assumed-role/deploy/run-1");
    assertThat(pull.envelope().source()).isEqualTo(ImagePull.SOURCE);
  }

  @Test
  void aDetailTypeThatIsNotKnownIsToldApart() {
    String later = push().replace("ECR Image Action", "ECR Referrer Action");
    assertThatThrownBy(() -> EcrEvents.read(later))
        .isInstanceOf(EventException.UnknownDetailType.class);
    assertThatThrownBy(() -> EcrEvents.read("{}"))
        .isNotInstanceOf(EventException.UnknownDetailType.class);
  }

  @Test
  void aReplicationIsRead() {
    var replication = (ReplicationAction) EcrEvents.read(Resources.bytes("replication.json"));
    assertThat(replication.sourceRegion()).isEqualTo("us-west-2");
    assertThat(replication.sourceAccount()).isEqualTo("123456789012");
    assertThat(replication.envelope().region()).isEqualTo("us-east-1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "image-push.json",
        "image-scan.json",
        "image-delete.json",
        "image-pull.json",
        "replication.json"
      })
  void anEventIsWrittenAsItWasRead(String name) {
    EcrEvent event = EcrEvents.read(Resources.bytes(name));
    String written = EcrEvents.write(event);
    assertThat(tree(written)).isEqualTo(Resources.json(name));
    assertThat(tree(EcrEvents.writeDetail(event))).isEqualTo(Resources.json(name).get("detail"));
    assertThat(EcrEvents.read(written)).isEqualTo(event);
  }

  @Test
  void anImageWithoutTagHasNoneInItsEvent() {
    ImageAction pushed = (ImageAction) EcrEvents.read(Resources.bytes("image-push.json"));
    ImageAction untagged =
        new ImageAction(pushed.envelope(), "SUCCESS", "my-repo", DIGEST, "PUSH", Optional.empty());
    String written = EcrEvents.write(untagged);
    assertThat(written).doesNotContain("image-tag");
    assertThat(EcrEvents.read(written)).isEqualTo(untagged);
  }

  @Test
  void aTimeIsInWholeSeconds() {
    Instant time = Instant.parse("2019-11-16T01:54:34.987Z");
    assertThat(new Envelope("0", "i", "s", "a", time, "r", List.of()).time())
        .isEqualTo("2019-11-16T01:54:34Z");
  }

  @Test
  void membersThatAreNotKnownAreIgnored() {
    String more =
        push()
            .replaceFirst("\\{", "{\"replay-name\": \"r\", ")
            .replace("\"result\"", "\"image-size\": {\"bytes\": [1]}, \"result\"");
    assertThat(EcrEvents.read(more)).isEqualTo(EcrEvents.read(push()));
  }

  static Stream<Arguments> mistakes() {
    return Stream.of(
        arguments("ECR Image Action", "ECR Tea", "unknown detail-type: ECR Tea"),
        arguments("detail-type", "type", "missing: detail-type"),
        arguments("repository-name", "name", "missing: detail.repository-name"),
        arguments("\"SUCCESS\"", "7", "not a string: detail.result"),
        arguments("\"detail\": {", "\"detail\": 3, \"x\": {", "not an object: detail"),
        arguments("2019-11-16T01:54:34Z", "now", "not a time of ISO 8601 in UTC: time"),
        arguments("\"resources\": []", "\"resources\": [7]", "not a string: resources[]"),
        arguments("\"resources\": []", "\"resources\": {}", "not an array: resources"));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void whatIsNoEventIsRefusedInWords(String part, String other, String message) {
    assertThat(push()).contains(part);
    assertThatThrownBy(() -> EcrEvents.read(push().replace(part, other)))
        .isInstanceOf(EventException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "null", "7", "{\"detail", "NaN"})
  void whatIsNoObjectIsRefused(String json) {
    assertThatThrownBy(() -> EcrEvents.read(json)).isInstanceOf(EventException.class);
    assertThatThrownBy(() -> EcrEvents.read(json.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(EventException.class);
  }

  private static String push() {
    return new String(Resources.bytes("image-push.json"), StandardCharsets.UTF_8);
  }

  private static JsonNode tree(String json) {
    return Resources.tree(json.getBytes(StandardCharsets.UTF_8));
  }
}
