package dev.berth.registry.scan.generation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.berth.core.scan.feed.GenerationBuilder;
import dev.berth.core.scan.index.CveDetails;
import dev.berth.core.scan.index.Generation;
import dev.berth.registry.cache.RecentCache;
import dev.berth.registry.store.ForwardingTable;
import dev.berth.registry.store.Item;
import dev.berth.registry.store.Key;
import dev.berth.registry.store.MemoryObjects;
import dev.berth.registry.store.MemoryTable;
import dev.berth.registry.store.ObjectEncryption;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GenerationsTest {

  private Instant now = Instant.parse("2026-11-25T12:00:00Z");
  private final Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);
  private final MemoryTable table = new MemoryTable();
  private final MemoryObjects objects = new MemoryObjects(1);
  private final Generations generations = new Generations(table, objects, clock);
  private final CurrentIndexes indexes = new CurrentIndexes(generations, clock);

  private GenerationBuilder.Result fixedIn(String version) {
    return TestGenerations.fixedIn(version, now);
  }

  private static List<String> fixedVersions(Indexes indexes) {
    return indexes.release("alpine-3.23").orElseThrow().find("curl").stream()
        .map(row -> row.versions().bound())
        .toList();
  }

  private void damage(String file, byte[] bytes) {
    String key = key(file);
    objects.delete(key);
    objects.put(key, ByteBuffer.wrap(bytes), ObjectEncryption.STANDARD);
  }

  private String key(String file) {
    return GenerationKeys.object(generations.current().orElseThrow().id(), file);
  }

  @Test
  void withoutAnImportThereAreNoIndexes() {
    assertThat(indexes.current()).isEmpty();
    assertThat(generations.current()).isEmpty();
  }

  @Test
  void whatWasPutInForceIsRead() {
    var result = fixedIn("8.5.0-r0");
    TestGenerations.put(generations, result);
    Indexes current = indexes.current().orElseThrow();
    assertThat(current.manifest()).isEqualTo(result.generation());
    assertThat(fixedVersions(current)).containsOnly("8.5.0-r0");
    assertThat(current.release("alpine-3.21")).isEmpty();
    assertThat(current.release("cves-2023")).isEmpty();
    assertThat(current.cves().find("CVE-2023-46218"))
        .map(CveDetails::description)
        .hasValue("A flaw");
    assertThat(current.cves().find("CVE-2024-1000")).isEmpty();
    assertThat(current.cves().find("XSA-1")).isEmpty();
  }

  @Test
  void onlyFilesThatAreAskedForAreRead() {
    TestGenerations.put(generations, fixedIn("8.5.0-r0"));
    damage("alpine-3.22", new byte[8]);
    damage("cves-2023", new byte[8]);
    assertThat(fixedVersions(indexes.current().orElseThrow())).hasSize(2);
  }

  @Test
  void filesAreReadOnce() {
    TestGenerations.put(generations, fixedIn("8.5.0-r0"));
    var release = indexes.current().orElseThrow().release("alpine-3.23");
    now = now.plus(RecentCache.AGE);
    assertThat(indexes.current().orElseThrow().release("alpine-3.23").orElseThrow())
        .isSameAs(release.orElseThrow());
  }

  @Test
  void anotherGenerationIsNoticedAfterAMomentAndNotWithinAScan() {
    TestGenerations.put(generations, fixedIn("8.5.0-r0"));
    Indexes scan = indexes.current().orElseThrow();
    TestGenerations.put(generations, fixedIn("8.6.0-r0"));
    assertThat(indexes.current().orElseThrow()).isSameAs(scan);
    now = now.plus(RecentCache.AGE);
    assertThat(fixedVersions(indexes.current().orElseThrow())).containsOnly("8.6.0-r0");
    assertThat(fixedVersions(scan)).containsOnly("8.5.0-r0");
  }

  @Test
  void thePointerIsNotReadForEachScan() {
    TestGenerations.put(generations, fixedIn("8.5.0-r0"));
    int[] reads = new int[1];
    var counting =
        new ForwardingTable(table) {
          @Override
          public Map<Key, Item> get(Collection<Key> keys, Consistency consistency) {
            reads[0]++;
            return super.get(keys, consistency);
          }
        };
    var counted = new CurrentIndexes(new Generations(counting, objects, clock), clock);
    for (int scan = 0; scan < 10; scan++) {
      assertThat(counted.current()).isPresent();
    }
    assertThat(reads[0]).isOne();
  }

  @Test
  void whatIsNotPutInForceIsNotRead() {
    TestGenerations.begin(generations, fixedIn("8.5.0-r0"));
    assertThat(indexes.current()).isEmpty();
  }

  @Test
  void ofTwoImportersOneWinsAndTheOtherChangesNothing() {
    TestGenerations.put(generations, fixedIn("8.4.0-r0"));
    var first = fixedIn("8.5.0-r0");
    var second = fixedIn("8.6.0-r0");
    NewGeneration one = TestGenerations.begin(generations, first);
    NewGeneration other = TestGenerations.begin(generations, second);
    assertThat(other.commit(second.generation())).isTrue();
    assertThat(one.commit(first.generation())).isFalse();
    assertThat(fixedVersions(indexes.current().orElseThrow())).containsOnly("8.6.0-r0");
  }

  @Test
  void ofTwoFirstImportersOneWins() {
    var result = fixedIn("8.5.0-r0");
    NewGeneration one = TestGenerations.begin(generations, result);
    NewGeneration other = TestGenerations.begin(generations, result);
    assertThat(one.commit(result.generation())).isTrue();
    assertThat(other.commit(result.generation())).isFalse();
  }

  @Test
  void anImportThatTookLongerThanAnyIsNotPutInForce() {
    var result = fixedIn("8.5.0-r0");
    NewGeneration begun = TestGenerations.begin(generations, result);
    now = now.plus(NewGeneration.LONGEST).plusSeconds(1);
    assertThat(begun.commit(result.generation())).isFalse();
    assertThat(generations.current()).isEmpty();
  }

  @Test
  void aManifestNamesNoFileThatWasNotWritten() {
    var result = fixedIn("8.5.0-r0");
    NewGeneration begun = generations.begin();
    assertThatIllegalStateException().isThrownBy(() -> begun.commit(result.generation()));
  }

  @Test
  void aFileIsTakenOverAsItIs() {
    TestGenerations.put(generations, fixedIn("8.5.0-r0"));
    StoredGeneration before = generations.current().orElseThrow();
    Generation after =
        new Generation(
            now,
            before.manifest().feeds(),
            List.of(before.manifest().file("alpine-3.23").orElseThrow()));
    NewGeneration begun = generations.begin();
    after.files().forEach(file -> begun.keep(before, file));
    objects.delete(GenerationKeys.object(before.id(), "alpine-3.23"));
    assertThat(begun.commit(after)).isTrue();
    assertThat(fixedVersions(indexes.current().orElseThrow())).containsOnly("8.5.0-r0");
  }

  @Test
  void aDamagedFileIsRefusedWithItsName() {
    TestGenerations.put(generations, fixedIn("8.5.0-r0"));
    byte[] bytes = objects.bytes(key("alpine-3.23"));
    bytes[bytes.length / 2] ^= 1;
    damage("alpine-3.23", bytes);
    assertRefused("alpine-3.23 of generation .*: the index is damaged.*");
    damage("alpine-3.23", Arrays.copyOf(bytes, 100));
    assertRefused("alpine-3.23 of generation .*: there are 100 bytes, and not \\d+");
    objects.delete(key("alpine-3.23"));
    assertRefused("alpine-3.23 of generation .*: object .* does not exist");
  }

  private void assertRefused(String message) {
    assertThatExceptionOfType(DamagedGenerationException.class)
        .isThrownBy(() -> indexes.current().orElseThrow().release("alpine-3.23"))
        .withMessageMatching(message);
  }

  @Test
  void aDamagedManifestIsRefused() {
    TestGenerations.put(generations, fixedIn("8.5.0-r0"));
    damage(GenerationKeys.MANIFEST, "{}".getBytes(UTF_8));
    assertThatExceptionOfType(DamagedGenerationException.class)
        .isThrownBy(indexes::current)
        .withMessageContaining("manifest.json of generation");
  }

  @Test
  void filesOfOthersAreNotItsOwn() {
    assertThat(generations.unused(List.of("layers/1/2", "generations/x/y", "generations/1-a")))
        .isEmpty();
    assertThat(generations.unused(List.of("generations/1-a/y")))
        .containsExactly("generations/1-a/y");
  }

  @Test
  void inMemoryIsAsMuchAsThereIsRoomFor() {
    LoadedFiles files = new LoadedFiles(300);
    int[] loads = new int[1];
    for (String key : List.of("a", "b", "a", "c", "a", "b", "large", "large")) {
      files.get(key, key.equals("large") ? 300 : 100, Integer.class, () -> ++loads[0]);
    }
    // a, b; c in place of b; b in place of c; large in place of both, and not kept
    assertThat(loads[0]).isEqualTo(6);
    files.get("a", 100, Integer.class, () -> ++loads[0]);
    assertThat(loads[0]).isEqualTo(7);
  }

  @Test
  void aLoadThatFailedIsTriedAgain() {
    LoadedFiles files = new LoadedFiles(300);
    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                files.get(
                    "a",
                    1,
                    String.class,
                    () -> {
                      throw new IllegalStateException();
                    }));
    assertThat(Optional.of(files.get("a", 1, String.class, () -> "read"))).hasValue("read");
  }
}
