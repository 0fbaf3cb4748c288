package dev.berth.core.scan.match;

import static dev.berth.core.scan.match.Installed.rpm;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.berth.core.scan.InstalledPackage;
import dev.berth.core.scan.OperatingSystem;
import dev.berth.core.scan.PackageFormat;
import dev.berth.core.scan.ScanData;
import dev.berth.core.scan.distribution.alma.AlmaLinux;
import dev.berth.core.scan.version.VersionOrder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/** A whole export: what is found by an index is what a plain reader finds in the records. */
class RealIndexTest {

  private static final Comparator<String> ORDER = VersionOrder.of(PackageFormat.RPM);

  /** An affected package of a record, for AlmaLinux 9. */
  private record Affected(String name, String fixed, List<String> cves) {}

  @Test
  void theFindingsOfAnIndexAreThoseOfItsRecords() throws IOException {
    Path export = ScanData.file("feeds/osv/AlmaLinux-all.zip");
    List<Affected> all = affected(export);
    List<InstalledPackage> installed = new ArrayList<>();
    for (int i = 0; i < all.size(); i += 97) {
      installed.add(rpm(all.get(i).name(), all.get(i).fixed()));
    }
    Set<String> expected = new TreeSet<>();
    for (InstalledPackage it : installed) {
      for (Affected affected : all) {
        if (isAbout(affected, it) && ORDER.compare(it.version(), affected.fixed()) < 0) {
          affected.cves().forEach(cve -> expected.add(text(cve, it)));
        }
      }
    }
    List<String> found =
        new Scanner()
            .feed(new AlmaLinux().feeds().getFirst(), ScanData.bytes("feeds/osv/AlmaLinux-all.zip"))
            .names(
                new OperatingSystem("almalinux", "9.3"),
                installed.toArray(InstalledPackage[]::new));
    assertThat(expected).hasSizeGreaterThan(1000);
    assertThat(found).containsExactlyInAnyOrderElementsOf(expected);
  }

  /** None has a label, so a build for a module is held against all streams. */
  private static boolean isAbout(Affected affected, InstalledPackage installed) {
    return affected.name().equals(installed.name())
        && affected.fixed().contains(".module") == installed.version().contains(".module");
  }

  private static String text(String cve, InstalledPackage installed) {
    return cve + " " + installed.name() + " " + installed.version();
  }

  private static List<Affected> affected(Path export) throws IOException {
    JsonMapper mapper = new JsonMapper();
    List<Affected> all = new ArrayList<>();
    try (ZipFile zip = new ZipFile(export.toFile())) {
      for (ZipEntry entry : zip.stream().filter(it -> !it.isDirectory()).toList()) {
        read(mapper.readTree(zip.getInputStream(entry)), all);
      }
    }
    return all;
  }

  private static void read(JsonNode record, List<Affected> all) {
    List<String> cves = new ArrayList<>();
    record.path("related").forEach(name -> cves.add(name.asText()));
    if (cves.isEmpty() && record.path("id").asText().startsWith("ALSA")) {
      cves.add(record.path("id").asText());
    }
    for (JsonNode affected : record.path("affected")) {
      if (!cves.isEmpty() && affected.at("/package/ecosystem").asText().equals("AlmaLinux:9")) {
        String fixed = affected.at("/ranges/0/events/1/fixed").asText();
        all.add(new Affected(affected.at("/package/name").asText(), fixed, cves));
      }
    }
  }
}
