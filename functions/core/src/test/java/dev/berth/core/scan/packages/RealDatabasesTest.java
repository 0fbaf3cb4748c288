package dev.berth.core.scan.packages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.scan.InstalledPackage;
import dev.berth.core.scan.PackageFormat;
import dev.berth.core.scan.ScanData;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Databases that rpm wrote, with the packages that an independent reader finds in them. */
class RealDatabasesTest {

  @ParameterizedTest
  @CsvSource({"mariner-2.0.rpmdb.sqlite, mariner-2.0, 129", "sle15-bci.Packages.db, sle15-bci, 35"})
  void everyPackageIsFound(String database, String expected, int count) {
    List<InstalledPackage> found =
        PackageDatabases.read(PackageFormat.RPM, ScanData.bytes("rpmdb/" + database));
    String tsv =
        new String(ScanData.bytes("rpmdb/" + expected + ".expected.tsv"), StandardCharsets.UTF_8);
    assertThat(found).hasSize(count);
    assertThat(found).containsExactlyElementsOf(tsv.lines().map(RealDatabasesTest::row).toList());
  }

  @Test
  void thePackageOnOverflowPagesOfBerkeleyDbIsFound() {
    assertThat(PackageDatabases.read(PackageFormat.RPM, ScanData.bytes("rpmdb/libuuid.Packages")))
        .containsExactly(
            new InstalledPackage(
                "libuuid",
                "2.32.1-42.el8_8",
                "x86_64",
                "util-linux",
                "2.32.1-42.el8_8",
                Optional.empty()));
  }

  /** Name, epoch, version, release, architecture, source rpm. */
  private static InstalledPackage row(String line) {
    String[] fields = line.split("\t", -1);
    String epoch = fields[1].equals("-1") ? "" : fields[1] + ":";
    String version = epoch + fields[2] + "-" + fields[3];
    if (fields[5].isEmpty() || fields[5].equals("(none)")) {
      return new InstalledPackage(
          fields[0], version, fields[4], fields[0], version, Optional.empty());
    }
    String[] source = fields[5].split("-(?=[^-]*-[^-]*$)|-(?=[^-]*$)|\\.src\\.rpm$");
    return new InstalledPackage(
        fields[0],
        version,
        fields[4],
        source[0],
        epoch + source[1] + "-" + source[2],
        Optional.empty());
  }
}
