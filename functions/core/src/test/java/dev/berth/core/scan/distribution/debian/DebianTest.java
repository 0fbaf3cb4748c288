package dev.berth.core.scan.distribution.debian;

import static dev.berth.core.scan.match.Installed.deb;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.scan.OperatingSystem;
import dev.berth.core.scan.Severity;
import dev.berth.core.scan.match.Finding;
import dev.berth.core.scan.match.Scanner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DebianTest {

  private static final OperatingSystem DEBIAN_12 = new OperatingSystem("debian", "12");

  private static final String RECORD =
      """
      {"schema_version": "1.7.0", "id": "%s", "modified": "2024-02-03T04:05:06Z",
       "upstream": ["CVE-2024-1000"], "details": "A flaw of zlib.",
       "affected": [
         {"package": {"ecosystem": "%s", "name": "%s", "purl": "pkg:deb/debian/zlib?arch=source"},
          "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "%s"}]}],
          "versions": ["1:1.2.11.dfsg-2"],
          "ecosystem_specific": {"urgency": "%s"}}]}
      """;

  private static String record(String id, String ecosystem, String fixed, String urgency) {
    return RECORD.formatted(id, ecosystem, "zlib", fixed, urgency);
  }

  private static String record(String urgency) {
    return record("DEBIAN-CVE-2024-1000", "Debian:12", "1:1.2.13.dfsg-1", urgency);
  }

  @Test
  void packagesAreFoundByTheirSource() {
    Scanner scanner = new Scanner().osv("debian", record("low"));
    assertThat(
            scanner.names(
                DEBIAN_12,
                deb("zlib1g", "1:1.2.11.dfsg-2+b1", "zlib", "1:1.2.11.dfsg-2"),
                deb("zlib1g-dev", "1:1.2.11.dfsg-2+b1", "zlib", "1:1.2.11.dfsg-2"),
                deb("zlib", "0.1", "another", "0.1")))
        .containsExactly("CVE-2024-1000 zlib 1:1.2.11.dfsg-2");
  }

  @Test
  void theFindingLeadsToTheSecurityTracker() {
    Finding finding =
        new Scanner()
            .osv("debian", record("low"))
            .scan(DEBIAN_12, deb("zlib", "1:1.2.11.dfsg-2"))
            .all()
            .getFirst();
    assertThat(finding.uri())
        .isEqualTo("https://security-tracker.debian.org/tracker/CVE-2024-1000");
    assertThat(finding.description()).isEqualTo("A flaw of zlib.");
    assertThat(finding.fixedVersion()).hasValue("1:1.2.13.dfsg-1");
  }

  @ParameterizedTest
  @CsvSource({
    "high, HIGH",
    "medium, MEDIUM",
    "low, LOW",
    "unimportant, INFORMATIONAL",
    "not yet assigned, UNDEFINED",
    "end-of-life, UNDEFINED",
    "whatever, UNDEFINED"
  })
  void theUrgencyIsTheSeverity(String urgency, Severity severity) {
    assertThat(
            new Scanner()
                .osv("debian", record(urgency))
                .scan(DEBIAN_12, deb("zlib", "1:1.2.11.dfsg-2"))
                .counts())
        .containsOnlyKeys(severity);
  }

  @Test
  void advisoriesThatSayTheSameOnceMoreDoNotCount() {
    String later = "1:9";
    Scanner scanner =
        new Scanner()
            .osv(
                "debian",
                record("low"),
                record("DSA-5000-1", "Debian:12", later, "low"),
                record("DLA-3000-1", "Debian:12", later, "low"));
    assertThat(scanner.names(DEBIAN_12, deb("zlib", "1:1.2.13.dfsg-1"))).isEmpty();
  }

  @Test
  void anotherReleaseIsAnotherMatter() {
    Scanner scanner =
        new Scanner()
            .osv(
                "debian",
                record("low"),
                record("DEBIAN-CVE-2024-1000", "Debian:11", "1:2", "low"),
                record("DEBIAN-CVE-2024-1000", "Debian:120", "1:3", "low"),
                record("DEBIAN-CVE-2024-1000", "Debian", "1:4", "low"));
    assertThat(scanner.names(DEBIAN_12, deb("zlib", "1:1.2.13.dfsg-1"))).isEmpty();
    assertThat(scanner.names(new OperatingSystem("debian", "11"), deb("zlib", "1:1.2.13.dfsg-1")))
        .hasSize(1);
  }

  @Test
  void aSignedKernelIsTheKernel() {
    String kernel =
        record("low").replace("\"zlib\"", "\"linux\"").replace("1:1.2.13.dfsg-1", "6.1.85-1");
    Scanner scanner = new Scanner().osv("debian", kernel);
    assertThat(
            scanner.names(
                DEBIAN_12,
                deb("linux-image-6.1.0-18-amd64", "6.1.76-1", "linux-signed-amd64", "6.1.76+1"),
                deb("linux-libc-dev", "6.1.76-1", "linux", "6.1.76-1")))
        .containsExactly("CVE-2024-1000 linux 6.1.76-1");
    assertThat(
            scanner.names(
                DEBIAN_12,
                deb("linux-image-6.1.0-20-amd64", "6.1.85-1", "linux-signed-amd64", "6.1.85+1")))
        .isEmpty();
  }

  @Test
  void testingIsNoRelease() {
    assertThat(new Debian().release(new OperatingSystem("debian", ""))).isEmpty();
    assertThat(new Debian().release(new OperatingSystem("debian", "12.4"))).hasValue("12");
  }
}
