package dev.berth.core.scan.distribution.amazon;

import static dev.berth.core.scan.match.Installed.rpm;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.scan.OperatingSystem;
import dev.berth.core.scan.Severity;
import dev.berth.core.scan.match.Finding;
import dev.berth.core.scan.match.Scanner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AmazonTest {

  private static final OperatingSystem AL2 = new OperatingSystem("amzn", "2");

  private static String updates(String severity, String architecture) {
    return """
    <?xml version="1.0" ?>
    <updates><update author="a" status="final" type="security" version="1.4">
    <id>ALAS2-2018-942</id><severity>%s</severity><updated date="2018-02-08 21:46"/>
    <references><reference href="http://a" id="CVE-2017-5715" title="" type="cve"/></references>
    <pkglist><collection short="amazon-linux-2"><name>Amazon Linux 2</name>
    <package arch="%s" epoch="10" name="qemu-kvm" release="141.amzn2.5.3" version="1.5.3"/>
    </collection></pkglist></update></updates>
    """
        .formatted(severity, architecture)
        .strip();
  }

  @Test
  void packagesAreFoundByTheirOwnName() {
    Finding finding =
        new Scanner()
            .feed("amazon-2-x86-64", updates("important", "x86_64"))
            .scan(AL2, rpm("qemu-kvm", "10:1.5.3-140.amzn2"))
            .all()
            .getFirst();
    assertThat(finding.name()).isEqualTo("CVE-2017-5715");
    assertThat(finding.subject().name()).isEqualTo("qemu-kvm");
    assertThat(finding.fixedVersion()).hasValue("10:1.5.3-141.amzn2.5.3");
    assertThat(finding.uri()).isEqualTo("https://alas.aws.amazon.com/AL2/ALAS2-2018-942.html");
  }

  @ParameterizedTest
  @CsvSource({
    "critical, CRITICAL",
    "Important, HIGH",
    "medium, MEDIUM",
    "low, LOW",
    "x, UNDEFINED"
  })
  void theSeverityOfTheUpdateIsThatOfItsVulnerabilities(String word, Severity severity) {
    assertThat(
            new Scanner()
                .feed("amazon-2-x86-64", updates(word, "x86_64"))
                .scan(AL2, rpm("qemu-kvm", "10:1"))
                .counts())
        .containsOnlyKeys(severity);
  }

  @Test
  void theBuildsOfBothArchitecturesAreInOneIndex() {
    Scanner scanner =
        new Scanner()
            .feed("amazon-2-x86-64", updates("low", "x86_64"))
            .feed("amazon-2-aarch64", updates("low", "aarch64"));
    assertThat(scanner.names(AL2, rpm("qemu-kvm", "10:1", "aarch64"))).hasSize(1);
    assertThat(scanner.names(AL2, rpm("qemu-kvm", "10:1", "x86_64"))).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"2018.03, 1", "2017.09, 1", "2, 2", "2023, 2023", "2023.4.20240319, 2023"})
  void versionsAreOfReleases(String version, String release) {
    assertThat(new Amazon().release(new OperatingSystem("amzn", version))).hasValue(release);
  }
}
