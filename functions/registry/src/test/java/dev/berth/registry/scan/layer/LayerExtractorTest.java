package dev.berth.registry.scan.layer;

import static dev.berth.registry.scan.layer.Layers.DEBIAN;
import static dev.berth.registry.scan.layer.Layers.facts;
import static dev.berth.registry.scan.layer.Layers.tar;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.berth.core.scan.InstalledPackage;
import dev.berth.core.scan.OperatingSystem;
import dev.berth.core.scan.PackageFormat;
import dev.berth.core.scan.packages.RpmFixtures;
import dev.berth.registry.scan.layer.Fact.Database;
import dev.berth.registry.scan.layer.Fact.Link;
import dev.berth.registry.scan.layer.Fact.Release;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What is read of one layer. */
class LayerExtractorTest {

  private static final Fact BOOKWORM =
      new Release(Optional.of(new OperatingSystem("debian", "12")));
  private static final String STATUS = "Package: a\nVersion: 1\n";
  private static final Fact A =
      new Database(
          PackageFormat.DPKG,
          List.of(new InstalledPackage("a", "1", "", "a", "1", Optional.empty())));

  @Test
  void everyKindOfFileIsRead() {
    byte[] sqlite = RpmFixtures.sqlite(4096, RpmFixtures.header("r", "1", "2").write());
    LayerFacts facts =
        tar()
            .file("usr/lib/os-release", DEBIAN)
            .file("etc/alpine-release", "3.20.1\n")
            .file("var/lib/dpkg/status", STATUS)
            .file("lib/apk/db/installed", "P:k\nV:2\n")
            .file("usr/lib/sysimage/rpm/rpmdb.sqlite", sqlite)
            .file("usr/bin/other", "x".repeat(2000))
            .facts();
    assertThat(facts.facts())
        .containsOnlyKeys(
            "usr/lib/os-release",
            "etc/alpine-release",
            "var/lib/dpkg/status",
            "lib/apk/db/installed",
            "usr/lib/sysimage/rpm/rpmdb.sqlite")
        .containsEntry("usr/lib/os-release", BOOKWORM)
        .containsEntry("var/lib/dpkg/status", A);
    assertThat(((Database) facts.facts().get("usr/lib/sysimage/rpm/rpmdb.sqlite")).packages())
        .extracting(InstalledPackage::name, InstalledPackage::version)
        .containsExactly(tuple("r", "1-2"));
    assertThat(facts.removed()).isEmpty();
    assertThat(facts.opaque()).isEmpty();
  }

  @Test
  void ofMostLayersThereAreNoFacts() {
    LayerFacts facts =
        tar().directory("app").file("app/main", "x").whiteout("app/old").opaque("srv").facts();
    assertThat(facts).isEqualTo(new LayerFacts(Map.of(), Set.of(), Set.of()));
    assertThat(facts(new byte[0])).isEqualTo(facts);
    assertThat(facts(new byte[1024])).isEqualTo(facts);
  }

  @Test
  void howALayerIsPackedIsSeenFromItsBytes() {
    byte[] plain = tar().file("etc/os-release", DEBIAN).plain();
    Map<String, Fact> expected = Map.of("etc/os-release", BOOKWORM);
    assertThat(facts(plain).facts()).isEqualTo(expected);
    assertThat(facts(Layers.gzip(plain)).facts()).isEqualTo(expected);
    assertThat(facts(Layers.zstd(plain)).facts()).isEqualTo(expected);
  }

  @Test
  void aTarMayLackItsEnd() {
    Layers layer = tar().file("etc/os-release", DEBIAN);
    assertThat(facts(layer.open()).facts()).containsOnlyKeys("etc/os-release");
    assertThat(facts(layer.raw(new byte[512]).open()).facts()).containsOnlyKeys("etc/os-release");
  }

  @Test
  void pathsMayBeWrittenInManyWays() {
    for (String path :
        List.of(
            "/etc/os-release",
            "./etc/os-release",
            "etc//os-release",
            "etc/./os-release",
            "x/../etc/os-release",
            "../../etc/os-release",
            "/../etc/os-release")) {
      assertThat(tar().file(path, DEBIAN).facts().facts())
          .as(path)
          .containsOnlyKeys("etc/os-release");
    }
  }

  @Test
  void theLastEntryOfAPathCounts() {
    assertThat(tar().file("etc/os-release", "ID=a").file("etc/os-release", DEBIAN).facts().facts())
        .containsExactly(Map.entry("etc/os-release", BOOKWORM));
    LayerFacts replaced =
        tar().file("etc/os-release", DEBIAN).entry('3', "etc/os-release", "", new byte[0]).facts();
    assertThat(replaced.facts()).isEmpty();
    assertThat(replaced.removed()).containsExactly("etc/os-release");
  }

  @Test
  void packagesOfDistrolessAreAFileEach() {
    LayerFacts facts =
        tar()
            .file("var/lib/dpkg/status.d/a", STATUS)
            .file("var/lib/dpkg/status.d/a.md5sums", "Package: no\nVersion: 1\n")
            .file("var/lib/dpkg/status.d/deeper/b", STATUS)
            .facts();
    assertThat(facts.facts()).isEqualTo(Map.of("var/lib/dpkg/status.d/a", A));
  }

  // ---- whiteouts -------------------------------------------------------------------------------

  @Test
  void whiteoutsThatMatterAreKept() {
    LayerFacts facts =
        tar()
            .whiteout("etc/os-release")
            .whiteout("var/lib")
            .whiteout("var/lib/dpkg/status.d/a")
            .whiteout("usr/share/doc")
            .whiteout("etc/passwd")
            .facts();
    assertThat(facts.removed())
        .containsExactlyInAnyOrder("etc/os-release", "var/lib", "var/lib/dpkg/status.d/a");
  }

  @Test
  void opaqueDirectoriesThatMatterAreKept() {
    LayerFacts facts = tar().opaque("var/lib").opaque("").opaque("usr/share/doc").facts();
    assertThat(facts.opaque()).containsExactlyInAnyOrder("var/lib", "");
    assertThat(facts.removed()).isEmpty();
  }

  @Test
  void whatAufsKeepsIsNoWhiteout() {
    assertThat(tar().file("etc/.wh..wh.os-release", "").facts().removed()).isEmpty();
  }

  @Test
  void aFileInThePlaceOfADirectoryRemovesWhatWasBelow() {
    LayerFacts facts = tar().file("var/lib/dpkg/status", STATUS).file("var/lib", "").facts();
    assertThat(facts.facts()).isEmpty();
    assertThat(facts.removed()).containsExactly("var/lib");
  }

  // ---- links -----------------------------------------------------------------------------------

  @Test
  void symbolicLinksAreKept() {
    LayerFacts facts =
        tar()
            .symbolicLink("etc/os-release", "../usr/lib/os-release")
            .symbolicLink("var/lib/rpm", "../../usr/lib/sysimage/rpm")
            .symbolicLink("lib", "usr/lib")
            .symbolicLink("bin", "usr/bin")
            .facts();
    assertThat(facts.facts())
        .isEqualTo(
            Map.of(
                "etc/os-release", new Link("usr/lib/os-release"),
                "var/lib/rpm", new Link("usr/lib/sysimage/rpm"),
                "lib", new Link("usr/lib")));
    assertThat(facts.removed()).containsExactlyInAnyOrder("etc/os-release", "var/lib/rpm", "lib");
  }

  @Test
  void entriesBelowALinkAreWhereItLeads() {
    assertThat(tar().symbolicLink("lib", "/usr/lib").file("lib/os-release", DEBIAN).facts().facts())
        .containsEntry("usr/lib/os-release", BOOKWORM);
  }

  @Test
  void aHardLinkIsTheFile() {
    assertThat(
            tar()
                .file("usr/lib/os-release", DEBIAN)
                .hardLink("etc/os-release", "./usr/lib/os-release")
                .facts()
                .facts())
        .containsEntry("etc/os-release", BOOKWORM);
  }

  @Test
  void whatLinksLeadToIsReadWhereverItIs() throws IOException {
    // before the link, too: as rpm-ostree has objects first, and then their names
    for (Layers layer :
        List.of(
            tar().file("data/status", STATUS).symbolicLink("var/lib/dpkg/status", "/data/status"),
            tar().file("data/status", STATUS).symbolicLink("var/lib/dpkg", "../../data"),
            tar().file("data/status.d/a", STATUS).symbolicLink("var/lib/dpkg", "../../data"),
            tar()
                .file("data/status", STATUS)
                .symbolicLink("more", "data")
                .symbolicLink("var/lib/dpkg", "../../data"),
            tar().file("data/1", STATUS).hardLink("var/lib/dpkg/status", "data/1"))) {
      byte[] bytes = layer.plain();
      assertThat(ImageFacts.of(List.of(facts(bytes))).packages().get(PackageFormat.DPKG))
          .isEqualTo(((Database) A).packages());
    }
  }

  @Test
  void whatWentByCannotBeReadOnce() throws IOException {
    byte[] late =
        tar()
            .file("data/status", STATUS)
            .symbolicLink("var/lib/dpkg/status", "/data/status")
            .plain();
    byte[] early =
        tar()
            .symbolicLink("var/lib/dpkg/status", "/data/status")
            .file("data/status", STATUS)
            .plain();
    var extractor = new LayerExtractor(LayerLimits.DEFAULT, Clock.systemUTC());
    assertThat(extractor.extractOnce(new ByteArrayInputStream(late))).isEmpty();
    assertThat(extractor.extractOnce(new ByteArrayInputStream(early))).contains(facts(early));
    assertThat(facts(late)).isEqualTo(facts(early));
  }

  @Test
  void aLayerIsReadTwiceAtMostAndClosed() throws IOException {
    byte[] layer = tar().symbolicLink("var/lib/dpkg/status", "/nowhere").gzip();
    AtomicInteger opened = new AtomicInteger();
    AtomicInteger closed = new AtomicInteger();
    new LayerExtractor(LayerLimits.DEFAULT, Clock.systemUTC())
        .extract(() -> counted(layer, opened, closed));
    assertThat(opened).hasValue(2);
    assertThat(closed).hasValue(2);
  }

  @Test
  void aLayerThatIsRefusedIsClosed() {
    AtomicInteger opened = new AtomicInteger();
    AtomicInteger closed = new AtomicInteger();
    assertThatThrownBy(
            () ->
                new LayerExtractor(LayerLimits.DEFAULT, Clock.systemUTC())
                    .extract(() -> counted("no tar".getBytes(), opened, closed)))
        .isInstanceOf(LayerException.class)
        .hasMessage("it is neither gzip nor zstd nor a tar");
    assertThat(closed).hasValue(1);
  }

  private static InputStream counted(byte[] layer, AtomicInteger opened, AtomicInteger closed) {
    opened.incrementAndGet();
    return new ByteArrayInputStream(layer) {
      private boolean isClosed;

      @Override
      public void close() {
        closed.addAndGet(isClosed ? 0 : 1);
        isClosed = true;
      }
    };
  }

  @Test
  void aSourceThatFailsIsNotTheLayersFault() {
    byte[] layer = tar().file("etc/os-release", DEBIAN).gzip();
    InputStream failing =
        new ByteArrayInputStream(layer) {
          @Override
          public int read(byte[] to, int offset, int length) {
            if (pos > 8) {
              throw new UncheckedIOException(new IOException("reset"));
            }
            return super.read(to, offset, Math.min(length, 8));
          }
        };
    assertThatThrownBy(
            () -> new LayerExtractor(LayerLimits.DEFAULT, Clock.systemUTC()).extractOnce(failing))
        .isInstanceOf(UncheckedIOException.class);
  }
}
