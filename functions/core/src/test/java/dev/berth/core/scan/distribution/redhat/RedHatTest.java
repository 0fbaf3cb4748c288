package dev.berth.core.scan.distribution.redhat;

import static dev.berth.core.scan.match.Installed.rpm;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.berth.core.scan.OperatingSystem;
import dev.berth.core.scan.ScanData;
import dev.berth.core.scan.Severity;
import dev.berth.core.scan.feed.FeedException;
import dev.berth.core.scan.match.Finding;
import dev.berth.core.scan.match.Scanner;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedHatTest {

  private static final OperatingSystem RHEL_8 = new OperatingSystem("rhel", "8.9");

  private static final String CLASSIFIED =
      "https://access.redhat.com/security/updates/classification/#important";

  private static String record(String ecosystem) {
    return """
    {"schema_version": "1.7.0", "id": "RHSA-2024:4546", "modified": "2024-09-02T14:30:00Z",
     "related": ["GO-2024-2687"], "upstream": ["CVE-2023-45288", "CVE-2023-45289"],
     "summary": "Red Hat Security Advisory: git-lfs security update",
     "severity": [{"type": "CVSS_V3", "score": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"}],
     "affected": [{"package": {"name": "git-lfs", "ecosystem": "%s"},
       "ranges": [{"type": "ECOSYSTEM",
         "events": [{"introduced": "0"}, {"fixed": "0:2.13.3-3.el8"}]}]}],
     "references": [{"type": "ADVISORY", "url": "https://access.redhat.com/errata/RHSA-2024:4546"},
       {"type": "ARTICLE", "url": "%s"}]}
    """
        .formatted(ecosystem, CLASSIFIED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Red Hat:enterprise_linux:8",
        "Red Hat:enterprise_linux:8::appstream",
        "Red Hat:enterprise_linux:8.9::baseos",
        "Red Hat:cpe:/o:redhat:enterprise_linux:8::baseos"
      })
  void theProductsOfAReleaseAreIt(String ecosystem) {
    assertThat(
            new Scanner()
                .osv("redhat", record(ecosystem))
                .names(RHEL_8, rpm("git-lfs", "2.13.3-2.el8")))
        .containsExactly(
            "CVE-2023-45288 git-lfs 2.13.3-2.el8", "CVE-2023-45289 git-lfs 2.13.3-2.el8");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Red Hat:rhel_aus:8.6::appstream",
        "Red Hat:rhel_eus:8.6::baseos",
        "Red Hat:enterprise_linux:80",
        "Red Hat:enterprise_linux_eus:8",
        "Red Hat:openshift:4.16::el8",
        "Red Hat"
      })
  void otherProductsAreNot(String ecosystem) {
    assertThatExceptionOfType(FeedException.class)
        .isThrownBy(() -> new Scanner().osv("redhat", record(ecosystem)))
        .withMessageContaining("none of 1 records");
  }

  @Test
  void redHatsOwnRatingIsTheSeverity() {
    Finding finding = finding(record("Red Hat:enterprise_linux:8"));
    assertThat(finding.severity()).isEqualTo(Severity.HIGH);
    assertThat(finding.uri()).isEqualTo("https://access.redhat.com/errata/RHSA-2024:4546");
  }

  @Test
  void withoutARatingTheScoreOfTheAdvisoryIsRated() {
    assertThat(finding(record("Red Hat:enterprise_linux:8").replace(CLASSIFIED, "x")).severity())
        .isEqualTo(Severity.CRITICAL);
  }

  private static Finding finding(String record) {
    return new Scanner()
        .osv("redhat", record)
        .scan(RHEL_8, rpm("git-lfs", "2.13.3-2.el8"))
        .all()
        .getFirst();
  }

  @Test
  void theSameAdvisoriesHoldForCentos() {
    assertThat(
            new Scanner()
                .osv("redhat", record("Red Hat:enterprise_linux:8"))
                .names(new OperatingSystem("centos", "8"), rpm("git-lfs", "2.13.3-2.el8")))
        .hasSize(2);
  }

  @Test
  void whatIsFixedForMinorReleasesInRealRecordsDoesNotCount() {
    for (String id : new String[] {"RHSA-2024_4546", "RHSA-2024_6220"}) {
      String record =
          new String(ScanData.bytes("feeds/osv/%s.json".formatted(id)), StandardCharsets.UTF_8);
      assertThatExceptionOfType(FeedException.class)
          .isThrownBy(() -> new Scanner().osv("redhat", record))
          .withMessageContaining("none of 1 records");
      // the same record, if it were for everybody
      assertThat(
              new Scanner()
                  .osv("redhat", record.replace("rhel_aus:8.6::", "enterprise_linux:8::"))
                  .scan(RHEL_8, rpm("git-lfs", "1-1.el8"))
                  .all())
          .hasSize(id.endsWith("4546") ? 1 : 0);
    }
  }
}
