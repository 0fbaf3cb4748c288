package dev.berth.lambda.wiring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.core.lifecycle.LifecyclePolicy;
import dev.berth.core.oci.Algorithm;
import dev.berth.core.oci.Digest;
import dev.berth.core.oci.ManifestReader;
import dev.berth.core.oci.MediaTypes;
import dev.berth.core.oci.RepositoryName;
import dev.berth.core.quota.Quotas;
import dev.berth.core.replication.ReplicationConfiguration.Destination;
import dev.berth.core.secret.DeploymentSecret;
import dev.berth.core.trigger.BerthFunction;
import dev.berth.core.trigger.FunctionRequest;
import dev.berth.core.trigger.Triggers;
import dev.berth.events.EcrEvents;
import dev.berth.events.ImageScan;
import dev.berth.lambda.NoPeers;
import dev.berth.lambda.lifecycle.LifecycleFunctions;
import dev.berth.registry.encryption.Encryption;
import dev.berth.registry.encryption.MemoryKeys;
import dev.berth.registry.gc.CollectionRuns;
import dev.berth.registry.image.ImagePush.Push;
import dev.berth.registry.image.ReplicationRecords;
import dev.berth.registry.image.Scan;
import dev.berth.registry.lifecycle.ExpirationAudit;
import dev.berth.registry.outbox.Change.Pushed;
import dev.berth.registry.outbox.Drainer;
import dev.berth.registry.outbox.OutboxRecord;
import dev.berth.registry.outbox.RecordingBus;
import dev.berth.registry.repository.Repository.Settings;
import dev.berth.registry.repository.Repository.TagMutability;
import dev.berth.registry.scan.ScanRequests;
import dev.berth.registry.service.Services;
import dev.berth.registry.store.Keys;
import dev.berth.registry.store.MemoryObjects;
import dev.berth.registry.store.MemoryTable;
import dev.berth.registry.upload.PartSizes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What each function does that a schedule starts. */
class FunctionsTest {

  private static final String ACCOUNT = "123456789012";
  private static final RepositoryName APP = new RepositoryName("app");
  private static final String INDEX =
      "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"manifests\":[]}".formatted(MediaTypes.OCI_INDEX);

  private static final LifecyclePolicy KEEP_ONE =
      LifecyclePolicy.parse(
          "{\"rules\":[{\"rulePriority\":1,\"selection\":{\"tagStatus\":\"any\",\"countType\":"
              + "\"imageCountMoreThan\",\"countNumber\":1},\"action\":{\"type\":\"expire\"}}]}");

  private final MemoryTable table = new MemoryTable();
  private final MemoryKeys keys = new MemoryKeys();
  private final MemoryObjects objects = new MemoryObjects(1, keys);
  private final RecordingBus bus = new RecordingBus();
  private final List<FunctionRequest> asked = new ArrayList<>();
  private int feedUpdates;
  private Instant now = Instant.parse("2026-06-01T12:00:00Z");
  private final Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);
  private final Services services =
      Services.over(
          table,
          objects,
          keys,
          new DeploymentSecret(List.of(new DeploymentSecret.Key("k", new byte[32]))),
          PartSizes.defaults(),
          Quotas.standard(),
          new ExpirationAudit(_ -> {}, "us-east-1", clock),
          clock);
  private final Functions functions =
      new Functions(
          services,
          new Drainer(table, bus, "us-east-1", "aws.ecr", clock),
          new CollectionRuns(table, objects, clock),
          ReplicationFunctions.of(services, asked::addAll, NoPeers::peer, "us-east-1", clock),
          new LifecycleFunctions(services, asked::addAll, "us-east-1", clock),
          new ScanFunctions(
              services.scans(), new ScanRequests(asked::addAll, "us-east-1", clock), clock),
          () -> feedUpdates++);

  @Test
  void feedsBringsIndexesUpToDate() throws IOException {
    start(BerthFunction.FEEDS);
    assertThat(feedUpdates).isOne();
  }

  @Test
  void outboxPublishesWhatIsInAllShards() throws IOException {
    IntStream.range(0, 50)
        .mapToObj(i -> record().toldOf("repository " + i))
        .forEach(action -> table.transact(action));
    start(BerthFunction.OUTBOX);
    assertThat(bus.taken).hasSize(50);
    assertThat(table.all()).isEmpty();
  }

  @Test
  void sweepDoesTheWorkThatADeletionLeaves() throws IOException {
    services.repositories().create(ACCOUNT, APP, Settings.defaults(), Map.of());
    services.repositories().delete(ACCOUNT, APP, true);
    start(BerthFunction.SWEEP);
    assertThat(works()).as("to be done once more, for writes that were under way").isEqualTo(1);
    now = now.plusSeconds(3600);
    start(BerthFunction.SWEEP);
    assertThat(works()).isZero();
  }

  @Test
  void collectionRunsWhenItIsDueAndNotesIt() throws IOException {
    start(BerthFunction.COLLECTION);
    Instant first = ranAt();
    now = now.plusSeconds(3600);
    start(BerthFunction.COLLECTION);
    assertThat(ranAt()).isEqualTo(first);
    now = now.plusSeconds(23 * 3600);
    start(BerthFunction.COLLECTION);
    assertThat(ranAt()).isEqualTo(now);
  }

  @Test
  void sweepTakesUpReplicationsOnWhichNobodyWorks() throws IOException {
    services.repositories().create(ACCOUNT, APP, Settings.defaults(), Map.of());
    byte[] manifest = INDEX.getBytes(UTF_8);
    Digest image =
        services
            .push()
            .push(
                ACCOUNT,
                APP,
                new Push(
                    manifest,
                    ManifestReader.read(manifest, Optional.empty()),
                    Algorithm.SHA256,
                    Optional.empty()))
            .digest();
    services
        .replications()
        .records()
        .plan(
            new ReplicationRecords.PushedImage(ACCOUNT, APP, image, Optional.empty(), "of a push"),
            List.of(new Destination("us-west-2", ACCOUNT)));
    start(BerthFunction.SWEEP);
    assertThat(asked).isEmpty();
    now = now.plusSeconds(2 * 3600);
    start(BerthFunction.SWEEP);
    assertThat(asked).extracting("detailType").containsExactly(Triggers.REPLICATION_ATTEMPT);
  }

  @Test
  void aPushToARepositoryThatScansIsScannedByItsEvent() throws IOException {
    var scanOnPush = new Settings(TagMutability.MUTABLE, true, Encryption.AES256);
    services.repositories().create(ACCOUNT, APP, scanOnPush, Map.of());
    Digest image = push();
    assertThat(scan(image).isInProgress()).isTrue();
    start(BerthFunction.OUTBOX);

    start(BerthFunction.SCAN, EcrEvents.write(bus.taken.getFirst()));

    assertThat(scan(image).description().orElseThrow()).contains("./berth feeds update");
    start(BerthFunction.OUTBOX);
    assertThat(bus.taken.getLast()).isInstanceOf(ImageScan.class);
  }

  @Test
  void sweepTakesUpScansOnWhichNobodyWorks() throws IOException {
    services.repositories().create(ACCOUNT, APP, Settings.defaults(), Map.of());
    Digest image = push();
    services.scans().starts().start(ACCOUNT, APP, image);
    now = now.plusSeconds(3600);
    start(BerthFunction.SWEEP);
    assertThat(asked).extracting("detailType").containsExactly(Triggers.IMAGE_SCAN);
    start(BerthFunction.SCAN, asked.getFirst().json());
    assertThat(scan(image).isInProgress()).isFalse();
  }

  private Digest push() {
    byte[] manifest = INDEX.getBytes(UTF_8);
    var read = ManifestReader.read(manifest, Optional.empty());
    var push = new Push(manifest, read, Algorithm.SHA256, Optional.empty());
    return services.push().push(ACCOUNT, APP, push).digest();
  }

  private Scan scan(Digest image) {
    return services.scans().starts().find(ACCOUNT, APP, image).orElseThrow();
  }

  @Test
  void lifecycleAsksForEachRepositoryThatIsUnderAPolicy() throws IOException {
    services.repositories().create(ACCOUNT, APP, Settings.defaults(), Map.of());
    services.registryLifecyclePolicies().put(ACCOUNT, KEEP_ONE);
    start(BerthFunction.LIFECYCLE);
    assertThat(asked).hasSize(1);
    start(BerthFunction.LIFECYCLE_EVALUATION, asked.getFirst().json());
    assertThat(services.lifecyclePolicies().effective(ACCOUNT, APP).orElseThrow().lastEvaluatedAt())
        .contains(now);
  }

  @Test
  void whatIsNoJsonIsRefused() {
    for (BerthFunction function : functions.all().keySet()) {
      assertThatThrownBy(() -> start(function, "{")).isInstanceOf(IOException.class);
    }
  }

  private static OutboxRecord record() {
    var change = new Pushed(Digest.sha256(new byte[] {1}), Optional.empty());
    return new OutboxRecord(ACCOUNT, APP, change, Instant.EPOCH);
  }

  private long works() {
    return table.all().stream().filter(item -> item.key().partition().equals(Keys.works())).count();
  }

  private Instant ranAt() {
    return table.all().stream()
        .filter(item -> item.key().equals(Keys.collection()))
        .map(item -> Instant.ofEpochMilli(item.number("ranAt")))
        .findFirst()
        .orElseThrow();
  }

  private void start(BerthFunction function) throws IOException {
    start(function, "{\"source\":\"aws.events\"}");
  }

  private void start(BerthFunction function, String event) throws IOException {
    functions
        .all()
        .get(function)
        .handleRequest(
            new ByteArrayInputStream(event.getBytes(UTF_8)), OutputStream.nullOutputStream(), null);
  }
}
