package dev.berth.registry.scan.layer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.scan.InstalledPackage;
import dev.berth.core.scan.OperatingSystem;
import dev.berth.core.scan.PackageFormat;
import dev.berth.core.scan.ScanData;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The files of systems that debootstrap made, as layers. */
class RealLayersTest {

  @ParameterizedTest
  @CsvSource({"11, 96, 2.31-13+deb11u", "12, 88, 2.36-9+deb12u"})
  void everyPackageIsFound(String release, int count, String libc) {
    byte[] layer = ScanData.bytes("dpkg/debian%s-minbase-facts.tar.gz".formatted(release));
    LayerFacts facts = Layers.facts(layer);
    ImageFacts image = ImageFacts.of(List.of(facts));
    assertThat(image.system()).contains(new OperatingSystem("debian", release));
    assertThat(image.packages().get(PackageFormat.DPKG)).hasSize(count);
    assertThat(image.packages().get(PackageFormat.DPKG))
        .filteredOn(installed -> installed.name().equals("libc6"))
        .singleElement()
        .satisfies(
            installed -> {
              assertThat(installed.sourceName()).isEqualTo("glibc");
              assertThat(installed.version()).startsWith(libc);
              assertThat(installed.architecture()).isEqualTo("amd64");
              assertThat(installed.module()).isEqualTo(Optional.empty());
            });
    assertThat(image.packages().get(PackageFormat.DPKG))
        .filteredOn(installed -> !installed.sourceVersion().equals(installed.version()))
        .extracting(InstalledPackage::name)
        .contains("bsdutils");
    assertThat(LayerFactsJson.read(LayerFactsJson.write(facts))).contains(facts);
  }
}
