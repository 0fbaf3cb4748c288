package dev.berth.registry.scan.layer;

import static dev.berth.registry.scan.layer.Layers.DEBIAN;
import static dev.berth.registry.scan.layer.Layers.tar;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.scan.InstalledPackage;
import dev.berth.core.scan.OperatingSystem;
import dev.berth.core.scan.PackageFormat;
import dev.berth.core.scan.packages.RpmFixtures;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What layers say together. */
class ImageFactsTest {

  private static final String STATUS = "var/lib/dpkg/status";

  @Test
  void noLayersSayNothing() {
    assertThat(ImageFacts.of(List.of()).system()).isEmpty();
    assertThat(ImageFacts.of(List.of()).packages()).isEmpty();
  }

  @Test
  void aDatabaseReplacesTheFormerOne() {
    assertThat(dpkg(tar().file(STATUS, dpkg("a", "b")), tar().file(STATUS, dpkg("a", "c"))))
        .containsExactly("a", "c");
  }

  @Test
  void filesOfStatusDirectoriesAddUp() {
    assertThat(
            dpkg(
                tar()
                    .file("var/lib/dpkg/status.d/a", dpkg("a"))
                    .file("var/lib/dpkg/status.d/b", dpkg("b")),
                tar().file("var/lib/dpkg/status.d/b", dpkg("b2")),
                tar().file("var/lib/dpkg/status.d/c", dpkg("c")).file(STATUS, dpkg("d"))))
        .containsExactlyInAnyOrder("a", "b2", "c", "d");
  }

  @Test
  void aWhiteoutRemovesWhatIsBelowIt() {
    Layers base = tar().file(STATUS, dpkg("a")).file("etc/os-release", DEBIAN);
    assertThat(dpkg(base, tar().whiteout(STATUS))).isEmpty();
    assertThat(dpkg(base, tar().whiteout("var/lib/dpkg"))).isEmpty();
    assertThat(dpkg(base, tar().whiteout("var"))).isEmpty();
    assertThat(dpkg(base, tar().whiteout("var/lib/dpk"))).containsExactly("a");
    assertThat(facts(base, tar().whiteout("var")).system()).isPresent();
    assertThat(facts(base, tar().whiteout("etc")).system()).isEmpty();
  }

  @Test
  void aWhiteoutDoesNotRemoveWhatItsOwnLayerHas() {
    Layers base = tar().file("var/lib/dpkg/status.d/a", dpkg("a"));
    Layers before = tar().whiteout("var/lib/dpkg").file("var/lib/dpkg/status.d/b", dpkg("b"));
    Layers after = tar().file("var/lib/dpkg/status.d/b", dpkg("b")).whiteout("var/lib/dpkg");
    assertThat(dpkg(base, before)).containsExactly("b");
    assertThat(dpkg(base, after)).containsExactly("b");
  }

  @Test
  void anOpaqueDirectoryHidesWhatLowerLayersHaveInIt() {
    Layers base = tar().file("var/lib/dpkg/status.d/a", dpkg("a")).file("etc/os-release", DEBIAN);
    Layers opaque = tar().file("var/lib/dpkg/status.d/b", dpkg("b")).opaque("var/lib/dpkg");
    assertThat(dpkg(base, opaque)).containsExactly("b");
    assertThat(dpkg(base, tar().opaque("var/lib"))).isEmpty();
    assertThat(facts(base, opaque).system()).isPresent();
    assertThat(facts(base, tar().opaque("")).system()).isEmpty();
  }

  @Test
  void whatIsRemovedMayComeBack() {
    Layers base = tar().file(STATUS, dpkg("a"));
    assertThat(dpkg(base, tar().whiteout(STATUS), base)).containsExactly("a");
  }

  @Test
  void aFileInThePlaceOfADirectoryHidesIt() {
    assertThat(dpkg(tar().file(STATUS, dpkg("a")), tar().file("var/lib", ""))).isEmpty();
    assertThat(dpkg(tar().file(STATUS, dpkg("a")), tar().directory(STATUS))).isEmpty();
    assertThat(dpkg(tar().file(STATUS, dpkg("a")), tar().directory("var/lib")))
        .containsExactly("a");
  }

  // ---- links -----------------------------------------------------------------------------------

  @Test
  void aLinkToAFileOfAnotherLayerIsThatFile() {
    Layers link = tar().symbolicLink("etc/os-release", "../usr/lib/os-release");
    Layers file = tar().file("usr/lib/os-release", DEBIAN);
    Layers newer = tar().file("usr/lib/os-release", "ID=debian\nVERSION_ID=13");
    assertThat(facts(link, file).system()).contains(new OperatingSystem("debian", "12"));
    assertThat(facts(file, link, newer).system()).contains(new OperatingSystem("debian", "13"));
    // a file that was there before is not any more
    Layers older = tar().file("etc/os-release", "ID=ubuntu");
    assertThat(facts(older, file, link).system()).contains(new OperatingSystem("debian", "12"));
  }

  @Test
  void aDatabaseBehindALinkedDirectoryCountsOnce() {
    byte[] database = RpmFixtures.ndb(RpmFixtures.header("r", "1", "1").write());
    ImageFacts facts =
        facts(
            tar().symbolicLink("var/lib/rpm", "../../usr/lib/sysimage/rpm"),
            tar().file("usr/lib/sysimage/rpm/Packages.db", database));
    assertThat(names(facts, PackageFormat.RPM)).containsExactly("r");
  }

  @Test
  void aFileBelowALinkOfALowerLayerIsWhereThatLeads() {
    Layers base =
        tar().symbolicLink("lib", "usr/lib").file("usr/lib/apk/db/installed", "P:a\nV:1\n");
    Layers upper = tar().file("lib/apk/db/installed", "P:a\nV:2\n");
    assertThat(facts(base, upper).packages().get(PackageFormat.APK))
        .extracting(InstalledPackage::version)
        .containsExactly("2");
  }

  @Test
  void linksInCirclesLeadNowhere() {
    Layers circle =
        tar()
            .symbolicLink("etc/os-release", "os-release")
            .symbolicLink("var", "usr")
            .symbolicLink("usr", "var")
            .symbolicLink("lib", "lib/lib")
            .file("var/lib/dpkg/status", dpkg("a"))
            .file("lib/apk/db/installed", "P:a\nV:1\n");
    assertThat(facts(circle)).isEqualTo(new ImageFacts(Optional.empty(), Map.of()));
    assertThat(facts(tar().file(STATUS, dpkg("a")), circle).packages()).isEmpty();
  }

  // ---- several ---------------------------------------------------------------------------------

  @Test
  void theFirstReleaseFileThatNamesASystemCounts() {
    assertThat(
            facts(
                    tar()
                        .file("etc/redhat-release", "Red Hat Enterprise Linux release 6.10")
                        .file("etc/oracle-release", "Oracle Linux Server release 6.10")
                        .file("etc/os-release", "NAME=unknown"))
                .system())
        .contains(new OperatingSystem("ol", "6.10"));
  }

  @Test
  void anOldDatabaseBesideANewOneDoesNotCount() {
    byte[] old = RpmFixtures.ndb(RpmFixtures.header("old", "1", "1").write());
    byte[] now = RpmFixtures.sqlite(4096, RpmFixtures.header("now", "1", "1").write());
    byte[] empty = RpmFixtures.sqlite(4096);
    assertThat(
            names(
                facts(
                    tar()
                        .file("var/lib/rpm/Packages.db", old)
                        .file("var/lib/rpm/rpmdb.sqlite", now)),
                PackageFormat.RPM))
        .containsExactly("now");
    assertThat(
            names(
                facts(
                    tar()
                        .file("var/lib/rpm/Packages.db", old)
                        .file("var/lib/rpm/rpmdb.sqlite", empty)),
                PackageFormat.RPM))
        .containsExactly("old");
  }

  @Test
  void severalPackageManagersAreToldApart() {
    assertThat(
            facts(tar().file(STATUS, dpkg("a")).file("lib/apk/db/installed", "P:b\nV:1\n"))
                .packages())
        .containsOnlyKeys(PackageFormat.DPKG, PackageFormat.APK);
  }

  private static String dpkg(String... names) {
    return Stream.of(names)
        .map("Package: %s\nVersion: 1\n\n"::formatted)
        .reduce("", String::concat);
  }

  private static List<String> dpkg(Layers... layers) {
    return names(facts(layers), PackageFormat.DPKG);
  }

  private static List<String> names(ImageFacts facts, PackageFormat format) {
    return facts.packages().getOrDefault(format, List.of()).stream()
        .map(InstalledPackage::name)
        .toList();
  }

  private static ImageFacts facts(Layers... layers) {
    return ImageFacts.of(Stream.of(layers).map(Layers::facts).toList());
  }
}
