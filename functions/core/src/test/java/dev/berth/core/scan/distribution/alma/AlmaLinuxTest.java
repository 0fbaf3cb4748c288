package dev.berth.core.scan.distribution.alma;

import static dev.berth.core.scan.match.Installed.modular;
import static dev.berth.core.scan.match.Installed.rpm;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.scan.OperatingSystem;
import dev.berth.core.scan.Severity;
import dev.berth.core.scan.match.Finding;
import dev.berth.core.scan.match.Scanner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlmaLinuxTest {

  private static final OperatingSystem ALMA_9 = new OperatingSystem("almalinux", "9.3");

  static String record(String id, String summary, String name, String fixed, String related) {
    return """
    {"id": "%s", "summary": "%s", "modified": "2023-12-14T09:39:30Z", "details": "Long.",
     "affected": [{"package": {"ecosystem": "AlmaLinux:9", "name": "%s"},
       "ranges": [{"type": "ECOSYSTEM",
         "events": [{"introduced": "0"}, {"fixed": "%s"}]}]}],
     "related": [%s], "references": []}
    """
        .formatted(id, summary, name, fixed, related);
  }

  private static String pixman(String word) {
    return record(
        "ALSA-2023:7754",
        word + ": pixman security update",
        "pixman",
        "0.40.0-6.el9_3",
        "\"CVE-2022-44638\"");
  }

  @Test
  void packagesAreFoundByTheirOwnName() {
    Finding finding =
        new Scanner()
            .osv("alma", pixman("Moderate"))
            .scan(ALMA_9, rpm("pixman", "0.40.0-5.el9"))
            .all()
            .getFirst();
    assertThat(finding.name()).isEqualTo("CVE-2022-44638");
    assertThat(finding.uri()).isEqualTo("https://errata.almalinux.org/9/ALSA-2023-7754.html");
    assertThat(finding.fixedVersion()).hasValue("0.40.0-6.el9_3");
  }

  @ParameterizedTest
  @CsvSource({
    "Critical, CRITICAL",
    "Important, HIGH",
    "Moderate, MEDIUM",
    "Low, LOW",
    "None, UNDEFINED"
  })
  void theTitleBeginsWithTheSeverity(String word, Severity severity) {
    assertThat(
            new Scanner().osv("alma", pixman(word)).scan(ALMA_9, rpm("pixman", "0.1-1")).counts())
        .containsOnlyKeys(severity);
  }

  @Test
  void bugFixesCountWhereTheyNameAVulnerability() {
    String bugfix = record("ALBA-2023:1", "a bug fix update", "a", "2-1", "");
    String naming = record("ALBA-2023:2", "b bug fix update", "b", "2-1", "\"CVE-2023-1000\"");
    String nameless = record("ALSA-2023:3", "Low: c security update", "c", "2-1", "");
    assertThat(
            new Scanner()
                .osv("alma", bugfix, naming, nameless)
                .names(ALMA_9, rpm("a", "1-1"), rpm("b", "1-1"), rpm("c", "1-1")))
        .containsExactly("ALSA-2023:3 c 1-1", "CVE-2023-1000 b 1-1");
  }

  private static final String NODEJS_18 =
      record(
          "ALSA-2023:5000",
          "Important: nodejs:18 security, bug fix, and enhancement update",
          "nodejs",
          "1:18.20.1-1.module_el9.3.0+100+abc",
          "\"CVE-2023-5000\"");

  @Test
  void theTitleNamesTheStreamOfTheModule() {
    Scanner scanner = new Scanner().osv("alma", NODEJS_18);
    assertThat(
            scanner.names(
                ALMA_9,
                modular("nodejs", "1:18.1.0-1.module_el9.3.0+1+a", "nodejs:18:9030020231:rhel9")))
        .hasSize(1);
    assertThat(
            scanner.names(
                ALMA_9,
                modular("nodejs", "1:16.9.0-1.module_el9.3.0+1+a", "nodejs:16:9030020231:rhel9")))
        .isEmpty();
  }
}
