package dev.berth.registry.fsck;

import static dev.berth.registry.image.Registry.ACCOUNT;
import static dev.berth.registry.image.Registry.APP;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.oci.Digest;
import dev.berth.core.scan.SeverityCounts;
import dev.berth.registry.image.Registry;
import dev.berth.registry.image.ScanRecords;
import dev.berth.registry.image.ScanResult;
import dev.berth.registry.scan.generation.Generations;
import dev.berth.registry.scan.generation.TestGenerations;
import dev.berth.registry.store.Action;
import dev.berth.registry.store.Condition;
import dev.berth.registry.store.Item;
import dev.berth.registry.store.Key;
import dev.berth.registry.store.Keys;
import dev.berth.registry.store.ObjectEncryption;
import dev.berth.registry.store.Table.Consistency;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CheckTest {

  private static final Digest LAYER = Digest.sha256("one".getBytes(UTF_8));
  private static final Key BLOB = Keys.blob(ACCOUNT, "AES256", LAYER);

  private final Registry registry = new Registry();
  private Digest image;
  private String id;

  @BeforeEach
  void push() {
    image = registry.push(registry.image("one"), "v1").digest();
    id = registry.reader.require(ACCOUNT, APP).id();
    store("one");
    store("config of one");
  }

  private void store(String content) {
    byte[] bytes = content.getBytes(UTF_8);
    String key = "layers/" + Digest.sha256(bytes).hex();
    registry.objects.put(key, ByteBuffer.wrap(bytes), ObjectEncryption.STANDARD);
  }

  private List<String> faults(boolean repair) {
    List<String> faults = new ArrayList<>();
    long count =
        new Check(registry.table, registry.objects, registry.clock).run(repair, faults::add);
    assertThat(count).isEqualTo(faults.size());
    return faults;
  }

  private void assertFault(String... words) {
    List<Item> before = registry.table.all();
    assertThat(faults(false)).singleElement().asString().contains(words);
    assertThat(registry.table.all()).isEqualTo(before);
  }

  private void assertRepaired() {
    assertThat(faults(true)).singleElement().asString().endsWith(" (repaired)");
    assertThat(faults(false)).isEmpty();
  }

  private void set(Key key, String attribute, long value) {
    registry.table.transact(Action.update(key).set(attribute, value).when(Condition.present()));
  }

  private void delete(Key key) {
    registry.table.transact(Action.delete(key, Condition.present()));
  }

  @Test
  void whatFitsHasNoFault() {
    assertThat(faults(true)).isEmpty();
  }

  @Test
  void wrongReferencesAreCountedAnew() {
    set(BLOB, "refs", 7);
    assertFault(LAYER.hex(), "counts 7 links and has 1");
    assertRepaired();
  }

  @Test
  void aBlobThatLostItsLinksIsLeftToCollection() {
    registry.deletion.delete(ACCOUNT, APP, image);
    delete(Keys.layer(id, LAYER));
    assertFault(LAYER.hex(), "counts 1 links and has 0");
    assertRepaired();
    assertThat(
            registry.table.get(Keys.unreferencedBlob(ACCOUNT, "AES256", LAYER), Consistency.STRONG))
        .isPresent();
    delete(Keys.unreferencedBlob(ACCOUNT, "AES256", LAYER));
    assertFault("not to be collected");
    assertRepaired();
  }

  @Test
  void wrongCountsOfImagesAndTagsAreSetRight() {
    set(Keys.repository(ACCOUNT, APP.value()), "imageCount", 3);
    assertFault(APP.value(), "counts 3 images and has 1");
    assertRepaired();
    set(Keys.image(id, image), "tagCount", 0);
    assertFault(image.toString(), "counts 0 tags and has 1");
    assertRepaired();
  }

  @Test
  void aLinkWithoutABlobIsTold() {
    delete(BLOB);
    assertFault(LAYER.toString(), "has no blob");
  }

  @Test
  void anImageWithoutALayerIsTold() {
    delete(Keys.layer(id, LAYER));
    assertThat(faults(false))
        .anyMatch(fault -> fault.contains("image " + image + " lacks layer " + LAYER));
  }

  @Test
  void aMissingObjectAndOneOfAnotherSizeAreTold() {
    registry.objects.delete("layers/" + LAYER.hex());
    assertFault(LAYER.hex(), "is missing");
    for (String other : List.of("on", "ones", "")) {
      registry.objects.put(
          "layers/" + LAYER.hex(),
          ByteBuffer.wrap(other.getBytes(UTF_8)),
          ObjectEncryption.STANDARD);
      assertFault("has not 3 bytes");
      registry.objects.delete("layers/" + LAYER.hex());
    }
  }

  @Test
  void aTagOfAnAbsentImageIsTold() {
    delete(Keys.image(id, image));
    assertThat(faults(false))
        .anyMatch(fault -> fault.contains("tag v1 names an absent image"))
        .anyMatch(fault -> fault.contains("a tag is listed with an absent image"))
        .anyMatch(fault -> fault.contains("counts 1 images and has 0"));
  }

  @Test
  void aTagThatIsNotListedWithItsImageIsTold() {
    delete(Keys.imageTag(id, image, "v1"));
    assertThat(faults(false)).anyMatch(fault -> fault.contains("tag v1 is not listed"));
  }

  @Test
  void aManifestThatIsMissingIsTold() {
    delete(Keys.manifest(id, image));
    assertFault("the manifest of image " + image + " is missing");
  }

  @Test
  void listingsAndRepositoriesThatDoNotFitAreTold() {
    delete(Keys.repositoryListing(ACCOUNT, APP.value()));
    assertFault(APP.value(), "is not listed");
    registry.table.transact(
        Action.put(Item.at(Keys.repositoryListing(ACCOUNT, APP.value())).build()),
        Action.put(Item.at(Keys.repositoryListing(ACCOUNT, "absent")).build()));
    assertFault("is listed and not there", "absent");
  }

  @Test
  void missingFindingsAreTold() {
    var records = new ScanRecords(registry.table, registry.reader);
    registry.scans.start(ACCOUNT, APP, image);
    var scanned = records.find(ACCOUNT, APP, image);
    var result = new ScanResult(registry.now, Optional.empty(), SeverityCounts.NONE, "findings/x");
    records.end(scanned, scanned.image().scan().orElseThrow().completed("", result), registry.now);
    assertFault(image.toString(), "its findings findings/x are missing");
    registry.objects.put("findings/x", ByteBuffer.wrap(new byte[] {1}), ObjectEncryption.STANDARD);
    assertThat(faults(false)).isEmpty();
  }

  @Test
  void aGenerationOfIndexesIsReadWhole() {
    var generations = new Generations(registry.table, registry.objects, registry.clock);
    TestGenerations.put(generations, TestGenerations.fixedIn("8.5.0-r0", registry.clock.instant()));
    assertThat(faults(false)).isEmpty();
    String key = "generations/%s/cves-2023".formatted(generations.current().orElseThrow().id());
    byte[] bytes = registry.objects.bytes(key);
    bytes[bytes.length - 1] ^= 1;
    registry.objects.delete(key);
    assertFault("cves-2023 of generation", "does not exist");
    registry.objects.put(key, ByteBuffer.wrap(bytes), ObjectEncryption.STANDARD);
    assertFault("cves-2023 of generation", "the index is damaged");
  }
}
