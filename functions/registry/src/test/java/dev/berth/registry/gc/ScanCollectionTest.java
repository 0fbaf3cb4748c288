package dev.berth.registry.gc;

import static dev.berth.registry.gc.CollectingRegistry.ACCOUNT;
import static dev.berth.registry.gc.CollectingRegistry.APP;
import static dev.berth.registry.gc.CollectingRegistry.DAY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.oci.Digest;
import dev.berth.registry.scan.ScanTarget;
import dev.berth.registry.scan.TestIndexes;
import dev.berth.registry.scan.layer.Layers;
import dev.berth.registry.store.ObjectEncryption;
import dev.berth.registry.upload.Body;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What scans keep goes with what it is of. */
class ScanCollectionTest {

  private static final byte[] LAYER =
      Layers.tar()
          .file("etc/os-release", "ID=debian\nVERSION_ID=\"12\"\n")
          .file(
              "var/lib/dpkg/status",
              "Package: bash\nStatus: install ok installed\nVersion: 5.2\n\n")
          .plain();

  private final CollectingRegistry registry = new CollectingRegistry();
  private Digest image;

  @BeforeEach
  void scan() {
    TestIndexes.inForce(registry.table, registry.objects, registry.clock);
    Digest layer = Digest.sha256(LAYER);
    registry.services.uploads().uploadWhole(registry.uploader(APP), layer, Body.of(LAYER));
    Digest config = registry.pushLayer(APP, "config").digest();
    image =
        registry.putManifest(APP, dev.berth.registry.image.Registry.manifest(config, layer, ""));
    registry.services.scans().starts().start(ACCOUNT, APP, image);
    registry.services.scans().scanning().run(new ScanTarget(ACCOUNT, APP, image));
    assertThat(objects("facts/")).hasSize(1);
    assertThat(objects("findings/")).hasSize(1);
  }

  private List<String> objects(String prefix) {
    return registry.objects.keys().stream().filter(key -> key.startsWith(prefix)).toList();
  }

  private void put(String key) {
    registry.objects.put(key, ByteBuffer.allocate(3), ObjectEncryption.STANDARD);
  }

  @Test
  void whatAnImageHasStays() {
    registry.collectForAWeek();
    assertThat(objects("facts/")).hasSize(1);
    assertThat(objects("findings/")).hasSize(1);
  }

  @Test
  void factsGoWithTheBlob() {
    registry.deleteImage(APP, image);
    registry.collectForAWeek();
    assertThat(objects("layers/")).isEmpty();
    assertThat(objects("facts/")).isEmpty();
    assertThat(objects("findings/")).isEmpty();
  }

  @Test
  void factsOfAnotherVersionAndOfNoBlobGoAfterTwoDays() {
    String facts = objects("facts/").getFirst();
    String former = facts.substring(0, facts.lastIndexOf('/')) + "/0";
    String orphan = facts.replace(Digest.sha256(LAYER).hex(), "0".repeat(64));
    String kms =
        "facts/%s/arn.aws.kms.us-east-1.123456789012.key.%s/sha256-%s/1"
            .formatted(ACCOUNT, UUID.randomUUID(), "0".repeat(64));
    List.of(former, orphan, kms).forEach(this::put);
    registry.pass(DAY.multipliedBy(2).minusSeconds(1));
    registry.collect();
    assertThat(objects("facts/")).contains(former, orphan, kms);
    registry.pass(DAY);
    registry.collect();
    assertThat(objects("facts/")).containsExactly(facts);
  }

  @Test
  void findingsThatACrashLeftGoAfterTwoDays() {
    String kept = objects("findings/").getFirst();
    String crashed = kept.substring(0, kept.lastIndexOf('/') + 1) + UUID.randomUUID();
    String elsewhere = kept.replace(image.hex(), "0".repeat(64));
    List.of(crashed, elsewhere).forEach(this::put);
    registry.pass(DAY.multipliedBy(2).minusSeconds(1));
    registry.collect();
    assertThat(objects("findings/")).hasSize(3);
    registry.pass(DAY);
    registry.collect();
    assertThat(objects("findings/")).containsExactly(kept);
  }
}
