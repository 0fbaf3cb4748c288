package dev.berth.core.scan.feed.oval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.berth.core.scan.Severity;
import dev.berth.core.scan.cvss.Cvss;
import dev.berth.core.scan.feed.FeedException;
import dev.berth.core.scan.feed.Recorded;
import dev.berth.core.scan.index.AffectedPackage;
import dev.berth.core.scan.index.CveDetails;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OvalFeedTest {

  private static final OvalFeed FEED = new OvalFeed("oracle", "https://o", new AllReleases());

  private record AllReleases() implements OvalRules {
    @Override
    public Optional<String> index(String release) {
      return release.isEmpty() ? Optional.empty() : Optional.of("oracle-" + release);
    }

    @Override
    public String flavour(String version) {
      return version.endsWith("x") ? "by version" : "";
    }

    @Override
    public String uri(String advisory) {
      return "https://o/" + advisory;
    }
  }

  private static final String DOCUMENT =
      """
      <?xml version="1.0" encoding="utf-8"?>
      <oval_definitions xmlns="http://oval.mitre.org/XMLSchema/oval-definitions-5"
        xmlns:oval="http://oval.mitre.org/XMLSchema/oval-common-5">
      <generator><oval:product_name>Oracle Errata System</oval:product_name>
        <oval:timestamp>2024-09-09T12:49:02</oval:timestamp></generator>
      <definitions>
      <definition id="oval:com.oracle.elsa:def:20241" version="501" class="patch">
      <metadata>
      <title> ELSA-2024-1:  nodejs:18 security update (IMPORTANT) </title>
      <affected family="unix"><platform>Oracle Linux 8</platform></affected>
      <reference source="elsa" ref_id="ELSA-2024-1" ref_url="https://linux.oracle.com/errata/ELSA-2024-1.html"/>
      <reference source="CVE" ref_id="CVE-2024-1000" ref_url="https://a"/>
      <description> [1.1.1g-15] - fixes </description>
      <advisory><severity>IMPORTANT</severity><rights>Oracle</rights><issued date="2024-04-01"/>
      <cve href="https://a" cvss3="7.5/CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N">CVE-2024-1000</cve>
      </advisory>
      </metadata>
      %s
      </definition>
      </definitions>
      <tests><rpminfo_test id="t" comment="openssl is earlier than 9"><object object_ref="o"/></rpminfo_test></tests>
      </oval_definitions>
      """;

  private static final String TWO_ARCHITECTURES =
      """
      <criteria operator="AND">
        <criterion test_ref="t" comment="Oracle Linux 8 is installed"/>
        <criteria operator="OR">
          <criteria operator="AND">
            <criterion test_ref="t" comment="Oracle Linux arch is aarch64"/>
            <criteria operator="OR">
              <criteria operator="AND">
                <criterion test_ref="t" comment="openssl is earlier than 2:1.1.1g-15.ksplice1.el8_3"/>
                <criterion test_ref="t" comment="openssl is signed with the Oracle Linux 8 key"/>
                <criterion test_ref="t" comment="openssl is ksplice-based"/>
              </criteria>
            </criteria>
          </criteria>
          <criteria operator="AND">
            <criterion test_ref="t" comment="Oracle Linux arch is x86_64"/>
            <criteria operator="OR">
              <criteria operator="AND">
                <criterion test_ref="t" comment="openssl is earlier than 2:1.1.1g-15.ksplice1.el8_3"/>
                <criterion test_ref="t" comment="openssl is ksplice-based"/>
              </criteria>
              <criteria operator="AND">
                <criterion test_ref="t" comment="openssl-libs is earlier than 0:1.1.1g-15.el8_3"/>
              </criteria>
            </criteria>
          </criteria>
        </criteria>
      </criteria>
      """;

  @Test
  void criteriaSayWhatABuildIsFor() {
    Recorded read = read(TWO_ARCHITECTURES);
    assertThat(read.rows).hasSize(2).allMatch(row -> row.index().equals("oracle-8"));
    AffectedPackage openssl = read.rows.getFirst().affected();
    assertThat(openssl.name()).isEqualTo("openssl");
    assertThat(openssl.versions().fixed()).hasValue("2:1.1.1g-15.ksplice1.el8_3");
    assertThat(openssl.architectures()).isEqualTo("aarch64,x86_64");
    assertThat(openssl.flavour()).isEqualTo("ksplice");
    AffectedPackage libs = read.rows.getLast().affected();
    assertThat(libs.versions().fixed()).hasValue("1.1.1g-15.el8_3");
    assertThat(libs.architectures()).isEqualTo("x86_64");
    assertThat(libs.flavour()).isEmpty();
  }

  @Test
  void metadataSayWhatItIs() {
    Recorded read = read(TWO_ARCHITECTURES);
    var advisory = read.rows.getFirst().affected().advisory();
    assertThat(advisory.id()).isEqualTo("ELSA-2024-1");
    assertThat(advisory.cves()).containsExactly("CVE-2024-1000");
    assertThat(advisory.severity()).isEqualTo(Severity.HIGH);
    assertThat(advisory.uri()).isEqualTo("https://o/ELSA-2024-1");
    assertThat(read.details)
        .containsExactly(
            new CveDetails(
                "CVE-2024-1000",
                Optional.empty(),
                Optional.of(new Cvss("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N", 7.5)),
                ""));
    assertThat(read.times).containsExactly(Instant.parse("2024-09-09T12:49:02Z"));
  }

  @Test
  void aDefinitionMayBeAboutSeveralReleases() {
    Recorded read =
        read(
            """
            <criteria operator="OR">
              <criteria operator="AND">
                <criterion comment="Oracle Linux 6 is installed"/>
                <criterion comment="bash is earlier than 0:4.1-1.el6"/>
              </criteria>
              <criteria operator="AND">
                <criterion comment="Oracle Linux 7 is installed"/>
                <criteria operator="OR">
                  <criterion comment="bash is earlier than 0:4.2-1.el7"/>
                  <criterion comment="bash-doc is earlier than 0:4.2-1.el7"/>
                </criteria>
              </criteria>
            </criteria>
            """);
    assertThat(read.rows)
        .extracting(row -> row.index() + " " + row.affected().versions().bound())
        .containsExactly("oracle-6 4.1-1.el6", "oracle-7 4.2-1.el7", "oracle-7 4.2-1.el7");
  }

  @Test
  void theModuleIsNamedByACriterionOrElseByTheTitle() {
    String criteria =
        """
        <criteria operator="AND">
          <criterion comment="Oracle Linux 8 is installed"/>
          %s
          <criterion comment="npm is earlier than 1:8.19-1.module+el8.7.0+1+2"/>
        </criteria>
        """;
    String named = criteria.formatted("<criterion comment=\"Module nodejs:16 is enabled\"/>");
    assertThat(read(named).rows.getFirst().affected().modules()).isEqualTo("nodejs:16");
    assertThat(read(criteria.formatted("")).rows.getFirst().affected().modules())
        .isEqualTo("nodejs:18");
  }

  @Test
  void theFlavourIsSaidByACriterionOrElseByTheVersion() {
    String criteria =
        """
        <criteria operator="AND">
          <criterion comment="Oracle Linux 9 is installed"/>
          %s
          <criterion comment="gnutls is earlier than 10:3.6-4.x"/>
        </criteria>
        """;
    String said = criteria.formatted("<criterion comment=\"gnutls is fips patched\"/>");
    assertThat(read(said).rows.getFirst().affected().flavour()).isEqualTo("fips");
    assertThat(read(criteria.formatted("")).rows.getFirst().affected().flavour())
        .isEqualTo("by version");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<html/>",
        "<oval_definitions/>",
        "<oval_definitions><definitions/></oval_definitions>",
        "<oval_definitions><definitions><definition id='a'/></definitions></oval_definitions>"
      })
  void whatHoldsNothingIsRefused(String xml) {
    assertThatExceptionOfType(FeedException.class).isThrownBy(() -> Recorded.of(FEED, xml));
  }

  @Test
  void aDocumentThatIsCutOffIsRefusedWhereverThatIs() {
    String whole = DOCUMENT.formatted(TWO_ARCHITECTURES).strip();
    for (int size = 0; size < whole.length(); size += 7) {
      String part = whole.substring(0, size);
      assertThatExceptionOfType(FeedException.class).isThrownBy(() -> Recorded.of(FEED, part));
    }
  }

  @Test
  void aDefinitionWithoutAnAdvisoryIsRefusedByItsId() {
    String nameless =
        DOCUMENT.formatted(TWO_ARCHITECTURES).replace("source=\"elsa\"", "source=\"x\"");
    assertThatExceptionOfType(FeedException.class)
        .isThrownBy(() -> Recorded.of(FEED, nameless))
        .withMessageContaining("oval:com.oracle.elsa:def:20241");
  }

  @Test
  void criteriaWithoutEndAreRefused() {
    String deep = "<criteria operator='AND'>".repeat(10_000);
    assertThatExceptionOfType(FeedException.class).isThrownBy(() -> read(deep));
  }

  private static Recorded read(String criteria) {
    return Recorded.of(FEED, DOCUMENT.formatted(criteria));
  }
}
