package dev.berth.core.scan.distribution.rocky;

import static dev.berth.core.scan.match.Installed.rpm;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.scan.OperatingSystem;
import dev.berth.core.scan.Severity;
import dev.berth.core.scan.match.Finding;
import dev.berth.core.scan.match.Scanner;
import org.junit.jupiter.api.Test;

class RockyLinuxTest {

  private static final String LIBSOLV =
      """
      {"schema_version": "1.7.0", "id": "RLSA-2021:4408", "modified": "2026-02-05T09:15:11.180740Z",
       "upstream": ["CVE-2021-3200"], "summary": "Low: libsolv security and bug fix update",
       "severity": [{"type": "CVSS_V3", "score": "CVSS:3.1/AV:L/AC:L/PR:N/UI:R/S:U/C:N/I:N/A:L"}],
       "affected": [{"package": {"ecosystem": "Rocky Linux:8", "name": "libsolv",
           "purl": "pkg:rpm/rocky-linux/libsolv?distro=rocky-linux-8-5-legacy&epoch=0"},
         "ranges": [{"type": "ECOSYSTEM",
           "events": [{"introduced": "0"}, {"fixed": "0:0.7.19-1.el8"}],
           "database_specific": {"yum_repository": "BaseOS"}}]}]}
      """;

  @Test
  void packagesAreFoundByTheirOwnName() {
    Finding finding =
        new Scanner()
            .osv("rocky", LIBSOLV)
            .scan(new OperatingSystem("rocky", "8.5"), rpm("libsolv", "0.7.16-2.el8"))
            .all()
            .getFirst();
    assertThat(finding.name()).isEqualTo("CVE-2021-3200");
    assertThat(finding.severity()).isEqualTo(Severity.LOW);
    assertThat(finding.uri()).isEqualTo("https://errata.rockylinux.org/RLSA-2021:4408");
    assertThat(finding.details().cvss3()).map(cvss -> cvss.score()).hasValue(3.3);
  }

  @Test
  void theFixedVersionIsNotFound() {
    assertThat(
            new Scanner()
                .osv("rocky", LIBSOLV)
                .names(new OperatingSystem("rocky", "8.5"), rpm("libsolv", "0.7.19-1.el8")))
        .isEmpty();
  }
}
