package dev.berth.registry.gc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.scan.generation.Generations;
import dev.berth.registry.scan.generation.TestGenerations;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Generations of indexes that no scan reads any more, and what importers leave. */
class GenerationCollectionTest {

  private static final Duration DAY = Duration.ofDays(1);

  private final CollectingRegistry registry = new CollectingRegistry();
  private final Generations generations =
      new Generations(registry.table, registry.objects, registry.clock);

  private void put() {
    TestGenerations.put(generations, TestGenerations.fixedIn("8.5.0-r0", registry.now));
  }

  private Set<String> remaining(Set<String> of) {
    Set<String> remaining = new TreeSet<>(of);
    remaining.retainAll(registry.objects.keys());
    return remaining;
  }

  @Test
  void theGenerationInForceStays() {
    put();
    Set<String> files = registry.objects.keys();
    registry.pass(DAY.multipliedBy(400));
    assertThat(registry.collect()).isEqualTo(Collected.NOTHING);
    assertThat(registry.objects.keys()).isEqualTo(files).hasSize(4);
  }

  @Test
  void aGenerationStaysADayAfterAnotherTookItsPlaceHoweverOldItIs() {
    put();
    Set<String> old = registry.objects.keys();
    registry.pass(DAY.multipliedBy(30));
    put();
    registry.pass(DAY.minusSeconds(1));
    put();
    registry.collect();
    assertThat(remaining(old)).isEqualTo(old);
    registry.pass(Duration.ofSeconds(1));
    assertThat(registry.collect().objects()).isEqualTo(4);
    assertThat(remaining(old)).isEmpty();
    assertThat(registry.objects.keys()).hasSize(8);
  }

  @Test
  void whatAKilledImportLeftGoesTwoDaysAfterItBegan() {
    put();
    Set<String> inForce = registry.objects.keys();
    TestGenerations.begin(generations, TestGenerations.fixedIn("8.6.0-r0", registry.now));
    registry.pass(DAY.multipliedBy(2).minusSeconds(1));
    assertThat(registry.collect()).isEqualTo(Collected.NOTHING);
    registry.pass(Duration.ofSeconds(1));
    assertThat(registry.collect().objects()).isEqualTo(3);
    assertThat(registry.objects.keys()).isEqualTo(inForce);
  }

  @Test
  void aFileThatIsTakenOverIsNotTakenForWhatWasLeft() {
    put();
    var before = generations.current().orElseThrow();
    registry.pass(DAY.multipliedBy(30));
    // a linked copy has the time of what it is a copy of
    registry.objects.keepTimeBy(() -> registry.now.minus(DAY.multipliedBy(30)));
    var begun = generations.begin();
    before.manifest().files().forEach(file -> begun.keep(before, file));
    assertThat(registry.collect()).isEqualTo(Collected.NOTHING);
    assertThat(begun.commit(before.manifest())).isTrue();
    assertThat(registry.collect()).isEqualTo(Collected.NOTHING);
  }

  @Test
  void aDryRunRemovesNothing() {
    TestGenerations.begin(generations, TestGenerations.fixedIn("8.6.0-r0", registry.now));
    registry.pass(DAY.multipliedBy(2));
    assertThat(registry.collectionOver(registry.table).dryRun().objects()).isEqualTo(3);
    assertThat(registry.objects.keys()).hasSize(3);
  }
}
