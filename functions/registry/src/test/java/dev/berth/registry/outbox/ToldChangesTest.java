package dev.berth.registry.outbox;

import static dev.berth.registry.image.Registry.ACCOUNT;
import static dev.berth.registry.image.Registry.APP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.oci.Digest;
import dev.berth.core.oci.Tag;
import dev.berth.core.scan.Severity;
import dev.berth.core.scan.SeverityCounts;
import dev.berth.events.EcrEvent;
import dev.berth.events.EcrEvents;
import dev.berth.events.ImageAction;
import dev.berth.events.ImageScan;
import dev.berth.registry.encryption.Encryption;
import dev.berth.registry.image.Registry;
import dev.berth.registry.image.Scan;
import dev.berth.registry.image.ScanRecords;
import dev.berth.registry.image.ScanResult;
import dev.berth.registry.repository.Repository.Settings;
import dev.berth.registry.repository.Repository.TagMutability;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which events tell of which changes, through the outbox. */
class ToldChangesTest {

  private final Registry registry = new Registry();
  private final RecordingBus bus = new RecordingBus();
  private final Drainer drainer =
      new Drainer(registry.table, bus, "us-west-2", "aws.ecr", registry.clock);

  @Test
  void aPushIsToldInTheGuidesShape() {
    Digest digest = registry.push(registry.image("one"), "latest").digest();

    EcrEvent event = only(events());

    assertThat(EcrEvents.write(event))
        .isEqualTo(
            """
            {"version":"0","id":"%s","detail-type":"ECR Image Action","source":"aws.ecr",\
            "account":"123456789012","time":"2026-01-01T00:00:00Z","region":"us-west-2",\
            "resources":[],"detail":{"result":"SUCCESS","repository-name":"team/app",\
            "image-digest":"%s","action-type":"PUSH","image-tag":"latest"}}\
            """
                .formatted(event.envelope().id(), digest));
  }

  @Test
  void aPushWithoutATagIsToldWithoutATag() {
    registry.push(registry.image("one"));

    assertThat(told()).containsExactly("PUSH");
  }

  @Test
  void anImageThatWasReplicatedIsToldAsThatInTheGuidesShapeAndAsNoPush() {
    Digest digest = registry.replicate(registry.image("one"), "latest").digest();

    EcrEvent event = only(events());

    assertThat(EcrEvents.write(event))
        .isEqualTo(
            """
            {"version":"0","id":"%s","detail-type":"ECR Replication Action","source":"aws.ecr",\
            "account":"123456789012","time":"2026-01-01T00:00:00Z","region":"us-west-2",\
            "resources":["arn:aws:ecr:us-west-2:123456789012:repository/team/app"],\
            "detail":{"result":"SUCCESS","repository-name":"team/app","image-digest":"%s",\
            "source-account":"111122223333","action-type":"REPLICATE",\
            "source-region":"eu-west-1","image-tag":"latest"}}\
            """
                .formatted(event.envelope().id(), digest));
  }

  @Test
  void anImageThatIsReplicatedTwiceIsToldOnce() {
    String manifest = registry.image("one");
    registry.replicate(manifest, "latest");
    registry.replicate(manifest, "latest");

    assertThat(events()).hasSize(1);
  }

  @Test
  void aReplicatedImageIsScannedLikeAPushedOne() {
    registry.repositories.delete(ACCOUNT, APP, true);
    var settings = new Settings(TagMutability.MUTABLE, true, Encryption.AES256);
    registry.repositories.create(ACCOUNT, APP, settings, Map.of());

    Digest digest = registry.replicate(registry.image("one"), "latest").digest();

    assertThat(events()).extracting(EcrEvent::detailType).containsExactly("ECR Replication Action");
    assertThat(registry.scans.find(ACCOUNT, APP, digest))
        .matches(it -> it.orElseThrow().isInProgress());
  }

  @Test
  void aTagThatMovesIsToldOfItsNewImageAlone() {
    registry.push(registry.image("one"), "latest");
    String two = registry.image("two");
    Digest digest = registry.push(two).digest();
    events();

    registry.push(two, "latest");

    var event = (ImageAction) only(events());
    assertThat(event.imageDigest()).isEqualTo(digest.toString());
    assertThat(event.imageTag()).contains("latest");
  }

  @Test
  void aPushThatChangesNothingIsNotTold() {
    String manifest = registry.image("one");
    registry.push(manifest, "latest");
    events();

    registry.push(manifest, "latest");
    registry.push(manifest);

    assertThat(events()).isEmpty();
  }

  @Test
  void aDeletedImageIsToldOncePerTag() {
    String manifest = registry.image("one");
    Digest digest = registry.push(manifest, "a").digest();
    registry.push(manifest, "b");
    events();

    registry.deletion.delete(ACCOUNT, APP, digest);

    assertThat(told()).containsExactly("DELETE a", "DELETE b");
  }

  @Test
  void aDeletedImageWithoutTagsIsToldOnce() {
    Digest digest = registry.push(registry.image("one")).digest();
    events();

    registry.deletion.delete(ACCOUNT, APP, digest);

    assertThat(told()).containsExactly("DELETE");
  }

  @Test
  void eachOfManyTagsIsToldOnce() {
    String manifest = registry.image("one");
    Digest digest = registry.push(manifest).digest();
    IntStream.range(0, 120).forEach(i -> registry.push(manifest, "tag" + i));
    events();

    registry.deletion.delete(ACCOUNT, APP, digest);

    assertThat(told()).hasSize(120).doesNotHaveDuplicates().allMatch(it -> it.contains(" tag"));
  }

  @Test
  void aTagThatIsTakenFromItsImageIsTold() {
    String manifest = registry.image("one");
    registry.push(manifest, "a");
    registry.push(manifest, "b");
    events();

    registry.tags.deleteByTag(ACCOUNT, APP, new Tag("a"));
    registry.tags.untag(ACCOUNT, APP, new Tag("b"));

    assertThat(told()).containsExactly("DELETE a", "DELETE b");
  }

  @Test
  void anImageThatGoesWithItsLastTagIsToldOnce() {
    registry.push(registry.image("one"), "only");
    events();

    registry.tags.deleteByTag(ACCOUNT, APP, new Tag("only"));

    assertThat(told()).containsExactly("DELETE only");
  }

  @Test
  void aDeletionThatBrokeOffIsToldByWhoeverFinishesIt() {
    String manifest = registry.image("one");
    Digest digest = registry.push(manifest, "a").digest();
    registry.push(manifest, "b");
    events();
    registry.breakOffDeletion(digest);

    assertThat(events()).isEmpty();
    registry.sweeper.run();
    registry.sweeper.run();

    assertThat(told()).containsExactlyInAnyOrder("DELETE a", "DELETE b");
  }

  @Test
  void imagesThatGoWithTheirRepositoryAreToldLikeOthers() {
    String manifest = registry.image("one");
    registry.push(manifest, "a");
    registry.push(manifest, "b");
    registry.push(registry.image("two"));
    events();

    registry.repositories.delete(ACCOUNT, APP, true);
    registry.sweeper.run();
    registry.passes(Duration.ofHours(2));
    registry.sweeper.run();

    assertThat(told()).containsExactlyInAnyOrder("DELETE a", "DELETE b", "DELETE");
  }

  @Test
  void aPurgeOfManyImagesAndTagsTellsEachOnce() {
    for (int i = 0; i < 40; i++) {
      String manifest = registry.image("image" + i);
      registry.push(manifest, "a" + i);
      registry.push(manifest, "b" + i);
    }
    events();

    registry.repositories.delete(ACCOUNT, APP, true);
    registry.sweeper.run();

    assertThat(told()).hasSize(80).doesNotHaveDuplicates();
  }

  @Test
  void aPurgeTellsOfATagWhoseImagesDeletionBrokeOff() {
    Digest digest = registry.push(registry.image("one"), "a").digest();
    events();
    registry.breakOffDeletion(digest);

    registry.repositories.delete(ACCOUNT, APP, true);
    registry.passes(Duration.ofHours(2));
    registry.sweeper.run();

    assertThat(told()).containsExactly("DELETE a");
  }

  @Test
  void aScanThatEndedIsToldInTheGuidesShape() {
    Digest digest = registry.push(registry.image("one"), "latest").digest();
    registry.scans.start(ACCOUNT, APP, digest);
    events();
    var counts = new SeverityCounts(Map.of(Severity.MEDIUM, 9, Severity.CRITICAL, 10));
    end(
        digest,
        it -> it.completed("", new ScanResult(registry.now, Optional.empty(), counts, "a")));

    EcrEvent event = only(events());

    assertThat(EcrEvents.write(event))
        .isEqualTo(
            """
            {"version":"0","id":"%s","detail-type":"ECR Image Scan","source":"aws.ecr",\
            "account":"123456789012","time":"2026-01-01T00:00:00Z","region":"us-west-2",\
            "resources":["arn:aws:ecr:us-west-2:123456789012:repository/team/app"],\
            "detail":{"scan-status":"COMPLETE","repository-name":"team/app",\
            "finding-severity-counts":{"CRITICAL":10,"MEDIUM":9},"image-digest":"%s",\
            "image-tags":["latest"]}}\
            """
                .formatted(event.envelope().id(), digest));
  }

  @Test
  void aScanThatFailedIsToldWithoutWhatWasFoundBefore() {
    Digest digest = registry.push(registry.image("one")).digest();
    registry.scans.start(ACCOUNT, APP, digest);
    var counts = new SeverityCounts(Map.of(Severity.LOW, 1));
    end(
        digest,
        it -> it.completed("", new ScanResult(registry.now, Optional.empty(), counts, "a")));
    registry.passes(Duration.ofDays(1));
    registry.scans.start(ACCOUNT, APP, digest);
    events();
    end(digest, it -> it.failed("why", true));

    var event = (ImageScan) only(events());
    assertThat(event.scanStatus()).isEqualTo("FAILED");
    assertThat(event.findingSeverityCounts()).isEmpty();
    assertThat(event.imageTags()).isEmpty();
  }

  @Test
  void aScanIsToldOnceWhoeverEndsIt() {
    Digest digest = registry.push(registry.image("one")).digest();
    registry.scans.start(ACCOUNT, APP, digest);
    events();
    ScanRecords records = new ScanRecords(registry.table, registry.reader);
    var scanned = records.find(ACCOUNT, APP, digest);
    Scan failed = scanned.image().scan().orElseThrow().failed("why", true);

    assertThat(records.end(scanned, failed, registry.now)).isTrue();
    assertThat(records.end(scanned, failed, registry.now)).isFalse();

    assertThat(events()).hasSize(1);
  }

  private void end(Digest digest, UnaryOperator<Scan> ended) {
    ScanRecords records = new ScanRecords(registry.table, registry.reader);
    var scanned = records.find(ACCOUNT, APP, digest);
    Scan scan = ended.apply(scanned.image().scan().orElseThrow());
    assertThat(records.end(scanned, scan, registry.now)).isTrue();
  }

  private static EcrEvent only(List<EcrEvent> events) {
    assertThat(events).hasSize(1);
    return events.getFirst();
  }

  private List<EcrEvent> events() {
    drainer.run();
    return bus.take();
  }

  private List<String> told() {
    return events().stream()
        .map(event -> (ImageAction) event)
        .map(event -> event.actionType() + event.imageTag().map(tag -> " " + tag).orElse(""))
        .toList();
  }
}
