package dev.berth.core.scan.packages;

import static dev.berth.core.scan.PackageFormat.APK;
import static dev.berth.core.scan.PackageFormat.DPKG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.berth.core.scan.InstalledPackage;
import dev.berth.core.scan.PackageFormat;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class TextDatabasesTest {

  // ---- dpkg ------------------------------------------------------------------------------------

  @Example
  void dpkgNamesPackageAndSource() {
    assertThat(
            read(
                DPKG,
                """
                Package: libc6
                Status: install ok installed
                Priority: optional
                Architecture: amd64
                Source: glibc
                Version: 2.36-9+deb12u9
                Description: GNU C Library
                 Package: of a continuation
                 .
                 Version: 0

                Package: libpam0g
                Status: hold ok installed
                Architecture: amd64
                Source: pam (1.5.2-6+deb12u1)
                Version: 1.5.2-6+deb12u1+b1
                """))
        .containsExactly(
            new InstalledPackage(
                "libc6", "2.36-9+deb12u9", "amd64", "glibc", "2.36-9+deb12u9", Optional.empty()),
            new InstalledPackage(
                "libpam0g",
                "1.5.2-6+deb12u1+b1",
                "amd64",
                "pam",
                "1.5.2-6+deb12u1",
                Optional.empty()));
  }

  @Example
  void whatDpkgRemovedIsNotInstalled() {
    assertThat(installed("install ok installed")).isTrue();
    assertThat(installed("install ok unpacked")).isTrue();
    assertThat(installed("install ok triggers-pending")).isTrue();
    // to be removed, but not yet
    assertThat(installed("deinstall ok installed")).isTrue();
    assertThat(installed("deinstall ok config-files")).isFalse();
    assertThat(installed("purge ok not-installed")).isFalse();
  }

  @Example
  void aPackageOfDistrolessHasNoState() {
    assertThat(read(DPKG, "Package: base-files\nVersion: 12.4\nArchitecture: amd64"))
        .containsExactly(
            new InstalledPackage(
                "base-files", "12.4", "amd64", "base-files", "12.4", Optional.empty()));
  }

  @Example
  void dpkgToleratesWhatEditorsDo() {
    assertThat(read(DPKG, "\r\n\npackage:a\r\nVERSION:\t1 \r\n \t\r\nPackage: b\nVersion: 2\n\n\n"))
        .extracting(InstalledPackage::name, InstalledPackage::version)
        .containsExactly(tuple("a", "1"), tuple("b", "2"));
    assertThat(read(DPKG, "Package: a\nVersion: 1\nSource: (2)\n").getFirst())
        .isEqualTo(new InstalledPackage("a", "1", "", "a", "2", Optional.empty()));
    assertThat(read(DPKG, "Package: a\nVersion: 1\nSource: b (2\n").getFirst())
        .isEqualTo(new InstalledPackage("a", "1", "", "b", "1", Optional.empty()));
  }

  @Example
  void aParagraphWithoutNameOrVersionIsOfNoPackage() {
    assertThat(read(DPKG, "Package: a\n\nVersion: 1\n\nPackage:\nVersion: 2\n")).isEmpty();
  }

  // ---- apk -------------------------------------------------------------------------------------

  @Example
  void apkNamesPackageAndOrigin() {
    assertThat(
            read(
                APK,
                """
                C:Q1/+wGEZ0lvMYkd5P2pEUxTZmZbUQ=
                P:libcrypto3
                V:3.1.4-r5
                A:x86_64
                o:openssl
                F:lib
                R:libcrypto.so.3
                a:0:0:755
                Z:Q1

                P:musl
                V:1.2.4-r2
                A:x86_64
                """))
        .containsExactly(
            new InstalledPackage(
                "libcrypto3", "3.1.4-r5", "x86_64", "openssl", "3.1.4-r5", Optional.empty()),
            new InstalledPackage(
                "musl", "1.2.4-r2", "x86_64", "musl", "1.2.4-r2", Optional.empty()));
  }

  @Example
  void apkToleratesShortLines() {
    assertThat(read(APK, "P\nV\nA\no\n:\n\n\nP:a\nV:1\nPQ:x\nVW:2"))
        .containsExactly(new InstalledPackage("a", "1", "", "a", "1", Optional.empty()));
  }

  // ---- both ------------------------------------------------------------------------------------

  @Example
  void anEmptyFileHasNoPackage() {
    assertThat(read(DPKG, "")).isEmpty();
    assertThat(read(APK, "")).isEmpty();
  }

  @Example
  void aVeryLongLineIsReadPast() {
    byte[] line = new byte[64 << 20];
    Arrays.fill(line, (byte) 'x');
    byte[] name = "Package: a\nVersion: 1\n".getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(name, 0, line, 0, name.length);
    assertThat(PackageDatabases.read(DPKG, line)).hasSize(1);
  }

  @Example
  void aFieldOfAnyLengthIsRefused() {
    assertThatThrownBy(() -> read(DPKG, "Package: " + "a".repeat(1025)))
        .isInstanceOf(PackageDatabaseException.class)
        .hasMessage("the field Package has more than 1024 bytes");
    assertThatThrownBy(() -> read(APK, "P:a\nV:" + "1".repeat(9999)))
        .isInstanceOf(PackageDatabaseException.class)
        .hasMessage("the field V has more than 1024 bytes");
  }

  @Example
  void moreThanSoManyPackagesAreRefused() {
    String paragraph = "P:a\nV:1\n\n";
    assertThat(read(APK, paragraph.repeat(PackageDatabases.MOST_PACKAGES)))
        .hasSize(PackageDatabases.MOST_PACKAGES);
    assertThatThrownBy(() -> read(APK, paragraph.repeat(PackageDatabases.MOST_PACKAGES + 1)))
        .isInstanceOf(PackageDatabaseException.class)
        .hasMessage("there are more than 100000 packages");
  }

  @Property(tries = 500)
  void anyBytesAreRead(@ForAll byte[] bytes) {
    assertThat(PackageDatabases.read(DPKG, bytes)).isNotNull();
    assertThat(PackageDatabases.read(APK, bytes)).isNotNull();
  }

  private static boolean installed(String status) {
    return !read(DPKG, "Package: a\nVersion: 1\nStatus: " + status + "\n").isEmpty();
  }

  private static List<InstalledPackage> read(PackageFormat format, String text) {
    return PackageDatabases.read(format, text.getBytes(StandardCharsets.UTF_8));
  }
}
