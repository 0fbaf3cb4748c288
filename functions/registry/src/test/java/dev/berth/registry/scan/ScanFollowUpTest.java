package dev.berth.registry.scan;

import static dev.berth.registry.image.Registry.ACCOUNT;
import static dev.berth.registry.image.Registry.APP;
import static dev.berth.registry.scan.ScanningRegistry.debian;
import static dev.berth.registry.scan.ScanningRegistry.target;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.core.oci.Digest;
import dev.berth.registry.image.Scan.Status;
import dev.berth.registry.store.Keys;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Scans whose request, or whose function, was lost. */
class ScanFollowUpTest {

  private static final Duration PATIENCE = Duration.ofMinutes(21);

  private final ScanningRegistry scanning = new ScanningRegistry();
  private final ScanFollowUp followUp =
      new ScanFollowUp(
          scanning.scans.open(),
          scanning.scans.records(),
          scanning.requests,
          scanning.registry.clock);
  private Digest image;

  @BeforeEach
  void begin() {
    scanning.indexesInForce();
    image = scanning.image(debian("bash 5.2"));
    scanning.starts.start(ACCOUNT, APP, image);
  }

  private long openRows() {
    return scanning.registry.table.all().stream()
        .filter(item -> item.key().partition().equals(Keys.openScans()))
        .count();
  }

  @Test
  void aScanOnWhichNobodyWorksIsAskedForAgain() throws IOException {
    followUp.run();
    assertThat(scanning.asked).isEmpty();
    scanning.registry.passes(PATIENCE);

    followUp.run();
    followUp.run();

    assertThat(scanning.asked).hasSize(1);
    var event = new ObjectMapper().readTree(scanning.asked.getFirst().json());
    assertThat(scanning.requests.read(event)).isEqualTo(target(image));
    scanning.scans.scanning().run(target(image));
    assertThat(scanning.found(image).status()).isEqualTo(Status.COMPLETE);
    assertThat(openRows()).isZero();
  }

  @Test
  void aScanThatNeverEndsFailsAtLastAndMayBeRepeated() {
    for (int i = 0; i < 10; i++) {
      scanning.registry.passes(PATIENCE);
      followUp.run();
    }
    assertThat(scanning.asked).hasSize(8);
    assertThat(scanning.found(image).status()).isEqualTo(Status.FAILED);
    assertThat(openRows()).isZero();
    assertThat(scanning.starts.start(ACCOUNT, APP, image).isInProgress()).isTrue();
  }

  @Test
  void aHostThatWasOffForLongAsksOnce() {
    scanning.registry.passes(Duration.ofDays(3));
    followUp.run();
    assertThat(scanning.asked).hasSize(1);
    assertThat(scanning.found(image).status()).isEqualTo(Status.IN_PROGRESS);
  }

  @Test
  void aScanThatEndedIsNotTakenUp() {
    scanning.scans.scanning().run(target(image));
    assertThat(openRows()).isZero();
    scanning.registry.passes(PATIENCE);
    followUp.run();
    assertThat(scanning.asked).isEmpty();
  }

  @Test
  void scansOfImagesAndRepositoriesThatAreGoneAreForgotten() {
    scanning.registry.deletion.delete(ACCOUNT, APP, image);
    Digest other = scanning.image(debian("zlib 1"));
    scanning.starts.start(ACCOUNT, APP, other);
    scanning.registry.repositories.delete(ACCOUNT, APP, true);
    for (int i = 0; i < 10; i++) {
      scanning.registry.passes(PATIENCE);
      followUp.run();
    }
    assertThat(openRows()).isZero();
  }

  @Test
  void aRequestThatCannotBeSentIsLeftToTheFollowUp() {
    var broken =
        new ScanRequests(
            _ -> {
              throw new IllegalStateException("no bus");
            },
            "us-east-1",
            scanning.registry.clock);
    broken.ask(target(image));
    scanning.registry.passes(PATIENCE);
    followUp.run();
    assertThat(scanning.asked).hasSize(1);
  }

  @Test
  void whatNamesNoImageOfTheRegionIsRefused() throws IOException {
    scanning.requests.ask(target(image));
    ObjectMapper json = new ObjectMapper();
    String request = scanning.asked.getFirst().json();
    for (String wrong :
        new String[] {
          "{}",
          "[]",
          request.replace("us-east-1", "us-west-2"),
          request.replace("sha256", "sha1"),
          request.replace("team/app", "TEAM"),
          request.replace(ACCOUNT, "1")
        }) {
      assertThatThrownBy(() -> scanning.requests.read(json.readTree(wrong)))
          .isInstanceOf(IllegalArgumentException.class);
    }
    ObjectNode push =
        (ObjectNode)
            json.readTree(
                "{\"account\":\"%s\",\"region\":\"us-east-1\",\"detail\":{\"repository-name\":\"team/app\",\"image-digest\":\"%s\"}}"
                    .formatted(ACCOUNT, image));
    assertThat(scanning.requests.read(push)).isEqualTo(target(image));
  }
}
