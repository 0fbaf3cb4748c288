package dev.berth.core.scan.distribution.oracle;

import static dev.berth.core.scan.match.Installed.rpm;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.scan.OperatingSystem;
import dev.berth.core.scan.ScanData;
import dev.berth.core.scan.match.Scanner;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OracleTest {

  private static final OperatingSystem OL_8 = new OperatingSystem("ol", "8.9");

  private static String definition(String id, String cve, String criterion) {
    return """
    <definition id="oval:com.oracle.elsa:def:1" version="501" class="patch"><metadata>
    <title>%s: openssl security update (MODERATE)</title>
    <reference source="elsa" ref_id="%s" ref_url="https://a"/>
    <reference source="CVE" ref_id="%s" ref_url="https://a"/>
    <advisory><severity>MODERATE</severity></advisory></metadata>
    <criteria operator="AND">
    <criterion test_ref="t" comment="Oracle Linux 8 is installed"/>
    <criteria operator="AND"><criterion test_ref="t" comment="%s"/></criteria>
    </criteria></definition>
    """
        .formatted(id, id, cve, criterion);
  }

  private static Scanner scanner(String... definitions) {
    return new Scanner()
        .feed(
            "oracle",
            "<oval_definitions><generator/><definitions>%s</definitions></oval_definitions>"
                .formatted(String.join("", definitions)));
  }

  private static final String ORDINARY =
      definition("ELSA-2021-1", "CVE-2021-1000", "openssl is earlier than 1:1.1.1g-15.el8_3");
  private static final String KSPLICE =
      definition(
          "ELSA-2021-2", "CVE-2021-2000", "openssl is earlier than 2:1.1.1g-15.ksplice1.el8_3");
  private static final String FIPS =
      definition("ELSA-2021-3", "CVE-2021-3000", "openssl is earlier than 10:1.1.1g-15.el8_3_fips");

  @ParameterizedTest
  @CsvSource({
    "1:1.1.1g-14.el8_3, CVE-2021-1000",
    "2:1.1.1g-14.ksplice1.el8_3, CVE-2021-2000",
    "10:1.1.1g-14.el8_3_fips, CVE-2021-3000"
  })
  void eachFlavourHasItsOwnVersions(String version, String cve) {
    assertThat(scanner(ORDINARY, KSPLICE, FIPS).names(OL_8, rpm("openssl", version)))
        .containsExactly("%s openssl %s".formatted(cve, version));
  }

  @Test
  void thePatchedOrdinaryBuildIsNotHeldAgainstOthers() {
    assertThat(scanner(ORDINARY, KSPLICE, FIPS).names(OL_8, rpm("openssl", "1:1.1.1g-15.el8_3")))
        .isEmpty();
  }

  @Test
  void theUnbreakableKernelIsAnotherPackage() {
    String uek =
        definition(
            "ELSA-2021-4", "CVE-2021-4000", "kernel-uek is earlier than 0:5.4.17-2100.el8uek");
    assertThat(scanner(uek).names(OL_8, rpm("kernel", "4.18.0-1.el8"))).isEmpty();
    assertThat(scanner(uek).names(OL_8, rpm("kernel-uek", "5.4.17-1.el8uek"))).hasSize(1);
  }

  @Test
  void theFindingLeadsToTheErratum() {
    assertThat(scanner(ORDINARY).scan(OL_8, rpm("openssl", "1:1-1.el8")).all().getFirst().uri())
        .isEqualTo("https://linux.oracle.com/errata/ELSA-2021-1.html");
  }

  @Test
  void realDefinitionsAreRead() {
    String real =
        new String(ScanData.bytes("feeds/oval/oracle-ksplice-mock.xml"), StandardCharsets.UTF_8);
    Scanner scanner = new Scanner().feed("oracle", real);
    assertThat(scanner.names(OL_8, rpm("openssl-libs", "2:1.1.1g-14.ksplice1.el8_3")))
        .containsExactly(
            "CVE-2021-3449 openssl-libs 2:1.1.1g-14.ksplice1.el8_3",
            "CVE-2021-3450 openssl-libs 2:1.1.1g-14.ksplice1.el8_3");
    assertThat(scanner.names(OL_8, rpm("openssl-libs", "1:1.1.1g-14.el8_3"))).isEmpty();
    // some packages are built for one architecture alone
    assertThat(scanner.names(OL_8, rpm("openssl-static", "2:1.1.1g-14.ksplice1.el8_3", "x86_64")))
        .isEmpty();
    assertThat(scanner.names(OL_8, rpm("openssl-static", "2:1.1.1g-14.ksplice1.el8_3", "aarch64")))
        .hasSize(2);
  }

  @Test
  void realDefinitionsOfSeveralReleasesAreKeptApart() {
    String real = new String(ScanData.bytes("feeds/oval/oracle-mock.xml"), StandardCharsets.UTF_8);
    assertThat(
            new Scanner()
                .feed("oracle", real)
                .feed(
                    "oracle",
                    "<oval_definitions><definitions>%s</definitions></oval_definitions>"
                        .formatted(ORDINARY))
                .names(OL_8, rpm("bind", "30:9.3.3-1.el5"), rpm("kernel-uek", "1-1")))
        .isEmpty();
  }
}
