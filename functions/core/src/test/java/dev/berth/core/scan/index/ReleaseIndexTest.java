package dev.berth.core.scan.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.berth.core.scan.Severity;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class ReleaseIndexTest {

  private static final Advisory ADVISORY =
      new Advisory(
          "ALSA-1", List.of("CVE-2024-1000", "CVE-2024-2000"), Severity.HIGH, "https://a/1");

  @Property(tries = 200)
  void whatWasWrittenIsFound(@ForAll("rows") List<AffectedPackage> rows) {
    ReleaseIndex index = ReleaseIndex.read(built(rows));
    Set<String> names = new HashSet<>();
    rows.forEach(row -> names.add(row.name()));
    for (String name : names) {
      assertThat(index.find(name))
          .containsExactlyInAnyOrderElementsOf(
              rows.stream().filter(row -> row.name().equals(name)).distinct().toList());
    }
    assertThat(index.rows()).containsExactlyInAnyOrderElementsOf(new HashSet<>(rows));
    assertThat(index.size()).isEqualTo(new HashSet<>(rows).size());
  }

  @Property(tries = 100)
  void nothingIsFoundUnderOtherNames(
      @ForAll("rows") List<AffectedPackage> rows, @ForAll String name) {
    if (rows.stream().noneMatch(row -> row.name().equals(name))) {
      assertThat(ReleaseIndex.read(built(rows)).find(name)).isEmpty();
    }
  }

  @Test
  void aTextThatIsNoNameOfAPackageFindsNothing() {
    byte[] file = built(List.of(AffectedPackage.of("zlib", AffectedVersions.from(""), ADVISORY)));
    assertThat(ReleaseIndex.read(file).find("ALSA-1")).isEmpty();
    assertThat(ReleaseIndex.read(file).find("CVE-2024-2000")).isEmpty();
  }

  @Property(tries = 50)
  void theSameRowsAreTheSameBytes(@ForAll("rows") List<AffectedPackage> rows) {
    assertThat(built(rows)).isEqualTo(built(rows));
  }

  @Test
  void anEmptyIndexFindsNothing() {
    assertThat(ReleaseIndex.read(built(List.of())).find("zlib")).isEmpty();
  }

  @Property(tries = 200)
  void aDamagedFileIsRefused(
      @ForAll("rows") List<AffectedPackage> rows, @ForAll int at, @ForAll byte other) {
    byte[] file = built(rows);
    int place = Math.floorMod(at, file.length);
    if (file[place] != other) {
      file[place] = other;
      assertThatExceptionOfType(InvalidIndexException.class)
          .isThrownBy(() -> ReleaseIndex.read(file));
    }
  }

  @Test
  void anotherFileIsRefused() {
    for (byte[] file :
        List.of(
            new byte[0], new byte[7], new byte[100], new CveIndexBuilder(new Capacity()).build())) {
      assertThatExceptionOfType(InvalidIndexException.class)
          .isThrownBy(() -> ReleaseIndex.read(file));
    }
  }

  @Test
  void whatIsTooMuchIsRefusedBeforeItFillsTheMemory() {
    ReleaseIndexBuilder builder = new ReleaseIndexBuilder(new Capacity(1 << 20));
    assertThatIllegalStateException()
        .isThrownBy(
            () -> {
              while (true) {
                builder.add(AffectedPackage.of("zlib", AffectedVersions.from(""), ADVISORY));
              }
            })
        .withMessageContaining("1 MB");
  }

  private static byte[] built(List<AffectedPackage> rows) {
    ReleaseIndexBuilder builder = new ReleaseIndexBuilder(new Capacity());
    rows.forEach(builder::add);
    return builder.build();
  }

  @Provide
  Arbitrary<List<AffectedPackage>> rows() {
    Arbitrary<String> text = Arbitraries.strings().withCharRange('a', 'e').ofMaxLength(3);
    Arbitrary<String> name =
        Arbitraries.oneOf(
            text, Arbitraries.of("libstdc++6", "größe", "linux", "Z", "\uD83D\uDE00"));
    Arbitrary<Advisory> advisory =
        Combinators.combine(
                name, name.list().ofMinSize(1).ofMaxSize(3), Arbitraries.of(Severity.class), text)
            .as(Advisory::new);
    Arbitrary<AffectedVersions> versions =
        Combinators.combine(Arbitraries.of(AffectedVersions.Extent.class), text, text)
            .as(AffectedVersions::new);
    Arbitrary<List<AffectedPackage>> rows =
        Combinators.combine(name, versions, text, text, text, advisory)
            .as(AffectedPackage::new)
            .list()
            .ofMaxSize(30);
    // some come twice
    return rows.map(
        list -> {
          List<AffectedPackage> twice = new ArrayList<>(list);
          twice.addAll(list.subList(0, list.size() / 3));
          Collections.shuffle(twice, new Random(list.size()));
          return twice;
        });
  }
}
