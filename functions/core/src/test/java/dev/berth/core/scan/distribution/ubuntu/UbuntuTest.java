package dev.berth.core.scan.distribution.ubuntu;

import static dev.berth.core.scan.match.Installed.deb;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.scan.OperatingSystem;
import dev.berth.core.scan.ScanData;
import dev.berth.core.scan.Severity;
import dev.berth.core.scan.match.Finding;
import dev.berth.core.scan.match.Scanner;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UbuntuTest {

  private static final OperatingSystem JAMMY = new OperatingSystem("ubuntu", "22.04");

  private static String record(String id, String ecosystem, String name, String events) {
    return """
    {"schema_version": "1.7.0", "id": "%s", "modified": "2024-02-03T04:05:06Z",
     "details": "[Unknown description]", "upstream": ["CVE-2024-1000"],
     "severity": [
       {"type": "CVSS_V3", "score": "CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:U/C:L/I:L/A:H"},
       {"type": "Ubuntu", "score": "low"}],
     "affected": [
       {"package": {"ecosystem": "%s", "name": "%s"},
        "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}%s]}],
        "versions": ["1.20.0-1"],
        "ecosystem_specific": {"binaries": [{"binary_name": "libwayland-client0"}],
          "availability": "No subscription required"}}]}
    """
        .formatted(id, ecosystem, name, events);
  }

  private static String record(String ecosystem, String name, String fixed) {
    return record(
        "UBUNTU-CVE-2024-1000", ecosystem, name, ", {\"fixed\": \"%s\"}".formatted(fixed));
  }

  private static final String WAYLAND = record("Ubuntu:22.04:LTS", "wayland", "1.20.0-1ubuntu0.1");

  @Test
  void packagesAreFoundByTheirSource() {
    assertThat(
            new Scanner()
                .osv("ubuntu", WAYLAND)
                .names(JAMMY, deb("libwayland-client0", "1.20.0-1", "wayland", "1.20.0-1")))
        .containsExactly("CVE-2024-1000 wayland 1.20.0-1");
  }

  @ParameterizedTest
  @CsvSource({
    "critical, CRITICAL",
    "high, HIGH",
    "medium, MEDIUM",
    "low, LOW",
    "negligible, INFORMATIONAL"
  })
  void thePriorityIsTheSeverity(String priority, Severity severity) {
    String record = WAYLAND.replace("\"low\"", "\"" + priority + "\"");
    assertThat(new Scanner().osv("ubuntu", record).scan(JAMMY, deb("wayland", "1.0")).counts())
        .containsOnlyKeys(severity);
  }

  @Test
  void withoutAPriorityTheScoreIsRated() {
    String untriaged = WAYLAND.replace("\"low\"", "\"untriaged\"");
    Finding finding =
        new Scanner().osv("ubuntu", untriaged).scan(JAMMY, deb("wayland", "1.0")).all().getFirst();
    assertThat(finding.severity()).isEqualTo(Severity.MEDIUM);
    assertThat(finding.description()).isEmpty();
    assertThat(finding.uri()).isEqualTo("https://ubuntu.com/security/CVE-2024-1000");
  }

  @Test
  void whatUbuntuProFixesDoesNotCount() {
    Scanner scanner =
        new Scanner()
            .osv(
                "ubuntu",
                WAYLAND,
                record("Ubuntu:Pro:22.04:LTS", "curl", "7.81.0-1ubuntu1.1+esm1"),
                record("Ubuntu:Pro:FIPS-updates:22.04:LTS", "openssl", "3.0.2-0ubuntu1.1+Fips1"));
    assertThat(scanner.names(JAMMY, deb("curl", "7.81.0-1"), deb("openssl", "3.0.2-0ubuntu1")))
        .isEmpty();
  }

  @Test
  void interimReleasesAreNamedWithoutLts() {
    Scanner scanner = new Scanner().osv("ubuntu", record("Ubuntu:23.10", "wayland", "2"));
    assertThat(scanner.names(new OperatingSystem("ubuntu", "23.10"), deb("wayland", "1")))
        .hasSize(1);
  }

  @Test
  void whatHasNoFixIsFoundInEveryVersion() {
    String open = record("UBUNTU-CVE-2024-1000", "Ubuntu:22.04:LTS", "wayland", "");
    var findings = new Scanner().osv("ubuntu", open).scan(JAMMY, deb("wayland", "99:1"));
    assertThat(findings.all()).hasSize(1);
    assertThat(findings.all().getFirst().fixedVersion()).isEmpty();
  }

  @Test
  void noticesThatSayTheSameOnceMoreDoNotCount() {
    String notice = record("USN-5614-1", "Ubuntu:22.04:LTS", "wayland", "");
    assertThat(
            new Scanner()
                .osv("ubuntu", WAYLAND, notice)
                .names(JAMMY, deb("wayland", "1.20.0-1ubuntu0.1")))
        .isEmpty();
  }

  @Test
  void eachFlavourOfTheKernelHasItsOwnVersions() {
    Scanner scanner =
        new Scanner()
            .osv(
                "ubuntu",
                record("Ubuntu:22.04:LTS", "linux", "5.15.0-90.100"),
                record("Ubuntu:22.04:LTS", "linux-aws", "5.15.0-2000.1"));
    assertThat(
            scanner.names(
                JAMMY,
                deb(
                    "linux-image-5.15.0-95-generic",
                    "5.15.0-95.105",
                    "linux-signed",
                    "5.15.0-95.105"),
                deb("linux-image-gke", "5.15.0-1.1", "linux-signed-gke", "5.15.0-1.1"),
                deb(
                    "linux-image-5.15.0-1050-aws",
                    "5.15.0-1050.55",
                    "linux-signed-aws",
                    "5.15.0-1050.55")))
        .containsExactly("CVE-2024-1000 linux-aws 5.15.0-1050.55");
  }

  @Test
  void realRecordsAreRead() {
    Scanner scanner =
        new Scanner()
            .osv(
                "ubuntu",
                real("UBUNTU-CVE-2021-3782"),
                real("UBUNTU-CVE-2013-2208"),
                real("UBUNTU-CVE-2016-20013"),
                real("UBUNTU-CVE-2025-38094"));
    assertThat(
            scanner.names(
                JAMMY, deb("wayland", "1.20.0-1"), deb("dietlibc", "1"), deb("glibc", "2.35")))
        .containsExactly(
            "CVE-2021-3782 wayland 1.20.0-1",
            "CVE-2016-20013 dietlibc 1",
            "CVE-2016-20013 glibc 2.35");
    assertThat(scanner.names(JAMMY, deb("wayland", "1.20.0-1ubuntu0.1"))).isEmpty();
  }

  private static String real(String id) {
    return new String(ScanData.bytes("feeds/osv/%s.json".formatted(id)), StandardCharsets.UTF_8);
  }
}
