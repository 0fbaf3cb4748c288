package dev.berth.core.scan.match;

import static dev.berth.core.scan.match.Installed.apk;
import static dev.berth.core.scan.match.Installed.deb;
import static dev.berth.core.scan.match.Installed.modular;
import static dev.berth.core.scan.match.Installed.rpm;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.core.scan.InstalledPackage;
import dev.berth.core.scan.Severity;
import dev.berth.core.scan.cvss.Cvss;
import dev.berth.core.scan.distribution.Distribution;
import dev.berth.core.scan.distribution.alma.AlmaLinux;
import dev.berth.core.scan.distribution.alpine.Alpine;
import dev.berth.core.scan.distribution.debian.Debian;
import dev.berth.core.scan.index.Advisory;
import dev.berth.core.scan.index.AffectedPackage;
import dev.berth.core.scan.index.AffectedVersions;
import dev.berth.core.scan.index.Capacity;
import dev.berth.core.scan.index.CveDetails;
import dev.berth.core.scan.index.CveSource;
import dev.berth.core.scan.index.ReleaseIndex;
import dev.berth.core.scan.index.ReleaseIndexBuilder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each rule that scanners get wrong. */
class ImageMatcherTest {

  private static final Distribution DEBIAN = new Debian();
  private static final Distribution ALMA = new AlmaLinux();
  private static final Distribution ALPINE = new Alpine();
  private static final String CVE = "CVE-2024-1000";

  // source against binary names

  @Test
  void sourcePackagesAreNotMistakenForBinaryOnes() {
    // perl's source builds libperl; a source that is called libperl is another one
    List<AffectedPackage> perl = List.of(fixed("perl", "5.36.0-7+deb12u1"));
    assertThat(names(DEBIAN, perl, deb("libperl5.36", "5.36.0-7", "perl", "5.36.0-7"))).hasSize(1);
    assertThat(names(DEBIAN, perl, deb("perl", "5.36.0-7", "perl-fork", "5.36.0-7"))).isEmpty();
  }

  @Test
  void theVersionOfTheSourceIsComparedAndNotThatOfThePackage() {
    // binutils-mingw-w64 has versions of its own
    List<AffectedPackage> rows = List.of(fixed("binutils", "2.40-2"));
    assertThat(names(DEBIAN, rows, deb("binutils-mingw-w64", "2.40-2+10.4", "binutils", "2.40-1")))
        .hasSize(1);
    assertThat(names(DEBIAN, rows, deb("binutils-common", "1:1", "binutils", "2.40-2"))).isEmpty();
  }

  @Test
  void binaryPackagesOfRpmAreNotMistakenForTheirSource() {
    List<AffectedPackage> rows = List.of(fixed("openssl", "1:3.0.7-25.el9"));
    InstalledPackage libs =
        new InstalledPackage(
            "openssl-libs",
            "1:3.0.7-1.el9",
            "x86_64",
            "openssl",
            "1:3.0.7-1.el9",
            Optional.empty());
    assertThat(names(ALMA, rows, libs)).isEmpty();
  }

  @Test
  void thePackagesOfOneSourceAreOneFinding() {
    List<AffectedPackage> rows = List.of(fixed("zlib", "2"));
    assertThat(
            names(
                DEBIAN,
                rows,
                deb("zlib1g", "1", "zlib", "1"),
                deb("zlib1g-dev", "1", "zlib", "1"),
                deb("zlib1g-old", "0.9", "zlib", "0.9")))
        .containsExactly(CVE + " zlib 0.9", CVE + " zlib 1");
  }

  // epochs

  @Test
  void anEpochOutweighsTheVersion() {
    List<AffectedPackage> rows = List.of(fixed("openssh", "1:9.2p1-2"));
    assertThat(names(DEBIAN, rows, deb("openssh", "9.9p1-1"))).hasSize(1);
    assertThat(names(DEBIAN, rows, deb("openssh", "2:1.0-1"))).isEmpty();
    assertThat(names(DEBIAN, rows, deb("openssh", "1:9.2p1-2"))).isEmpty();
  }

  @Test
  void noEpochIsEpochZero() {
    List<AffectedPackage> rows = List.of(fixed("git-lfs", "0:2.13.3-3.el8"));
    assertThat(names(ALMA, rows, rpm("git-lfs", "2.13.3-3.el8"))).isEmpty();
    assertThat(names(ALMA, rows, rpm("git-lfs", "2.13.3-2.el8"))).hasSize(1);
  }

  // not-affected markers, and what is fixed in 0

  @Test
  void whatTheDistributionDeniesIsNotFound() {
    AffectedPackage denied = AffectedPackage.of("curl", AffectedVersions.none(), advisory(CVE));
    assertThat(names(ALPINE, List.of(denied), apk("curl", "7.0-r0", "curl"))).isEmpty();
    assertThat(
            names(ALPINE, List.of(denied, fixed("curl", "8.0-r0")), apk("curl", "7.0-r0", "curl")))
        .isEmpty();
  }

  @Test
  void whatIsDeniedOfOnePackageMayHoldForAnother() {
    AffectedPackage denied = AffectedPackage.of("curl", AffectedVersions.none(), advisory(CVE));
    assertThat(
            names(
                ALPINE,
                List.of(denied, fixed("nghttp2", "2.0-r0")),
                apk("curl", "7.0-r0", "curl"),
                apk("nghttp2", "1.0-r0", "nghttp2")))
        .containsExactly(CVE + " nghttp2 1.0-r0");
  }

  @Test
  void whatIsDeniedIsOneVulnerabilityOfSeveral() {
    AffectedPackage denied = AffectedPackage.of("curl", AffectedVersions.none(), advisory(CVE));
    AffectedPackage both =
        AffectedPackage.of(
            "curl", AffectedVersions.before("", "8.0-r0"), advisory(CVE, "CVE-2024-2000"));
    assertThat(names(ALPINE, List.of(denied, both), apk("curl", "7.0-r0", "curl")))
        .containsExactly("CVE-2024-2000 curl 7.0-r0");
  }

  // backports

  @Test
  void aBackportedFixCountsThoughTheVersionIsOlderThanTheProjects() {
    // the project fixed it in 3.0.8; Debian in its own 3.0.7
    List<AffectedPackage> rows = List.of(fixed("openssl", "3.0.7-1+deb12u2"));
    assertThat(names(DEBIAN, rows, deb("openssl", "3.0.7-1+deb12u2"))).isEmpty();
    assertThat(names(DEBIAN, rows, deb("openssl", "3.0.7-1+deb12u1"))).hasSize(1);
    assertThat(names(DEBIAN, rows, deb("openssl", "3.0.7-1~deb12u9"))).hasSize(1);
  }

  @Test
  void aFixThatTurnedOutIncompleteIsFoundUntilTheSecond() {
    List<AffectedPackage> rows = List.of(fixed("a", "1-2.el9"), fixed("a", "1-4.el9"));
    Findings findings = match(ALMA, rows, rpm("a", "1-3.el9"));
    assertThat(findings.all()).hasSize(1);
    assertThat(findings.all().getFirst().fixedVersion()).hasValue("1-4.el9");
    assertThat(match(ALMA, rows, rpm("a", "1-1.el9")).all().getFirst().fixedVersion())
        .hasValue("1-4.el9");
    assertThat(names(ALMA, rows, rpm("a", "1-4.el9"))).isEmpty();
  }

  // modular rpms

  @ParameterizedTest
  @CsvSource({
    // the row's modules, the package's label, whether it is about it
    "'nodejs:18', 'nodejs:18:9030020:rhel9', true",
    "'nodejs:18', 'nodejs:16:9030020:rhel9', false",
    "'nodejs:18', 'nodejs:18', true",
    "'nodejs:1', 'nodejs:18:9030020:rhel9', false",
    "'virt:rhel,virt-devel:rhel', 'virt-devel:rhel:8090020:rhel8', true",
    "'*', 'nodejs:16:9030020:rhel9', true",
    "'', 'nodejs:16:9030020:rhel9', false",
    "'nodejs:18', '', false",
    "'*', '', false",
    "'', '', true"
  })
  void aStreamOfAModuleIsHeldAgainstItself(String modules, String label, boolean about) {
    AffectedPackage row =
        new AffectedPackage(
            "nodejs", AffectedVersions.before("", "1:18.2-1"), "", modules, "", advisory(CVE));
    InstalledPackage installed =
        label.isEmpty() ? rpm("nodejs", "1:10.0-1") : modular("nodejs", "1:10.0-1", label);
    assertThat(names(ALMA, List.of(row), installed)).hasSize(about ? 1 : 0);
  }

  @Test
  void aBuildForAModuleThatLostItsLabelIsHeldAgainstAllStreams() {
    AffectedPackage row =
        new AffectedPackage(
            "nodejs",
            AffectedVersions.before("", "1:18.2-1.module_el9+2+b"),
            "",
            "nodejs:18",
            "",
            advisory(CVE));
    assertThat(names(ALMA, List.of(row), rpm("nodejs", "1:16.0-1.module_el9+1+a"))).hasSize(1);
  }

  // architectures

  @ParameterizedTest
  @CsvSource({
    "'aarch64,x86_64', x86_64, true",
    "'aarch64', x86_64, false",
    "'x86_64', i686, false",
    "'x86', x86_64, false",
    "'aarch64', noarch, true",
    "'', s390x, true"
  })
  void anotherArchitecturesBuildIsNotFound(String architectures, String installed, boolean about) {
    AffectedPackage row =
        new AffectedPackage(
            "bind", AffectedVersions.before("", "2-1"), architectures, "", "", advisory(CVE));
    assertThat(names(ALMA, List.of(row), rpm("bind", "1-1", installed))).hasSize(about ? 1 : 0);
  }

  // findings

  @Test
  void severityIsTheDistributionsElseThatOfTheScore() {
    CveDetails critical =
        new CveDetails(CVE, Optional.empty(), Optional.of(new Cvss("v", 9.8)), "A flaw");
    AffectedPackage rated =
        AffectedPackage.of(
            "a",
            AffectedVersions.from(""),
            new Advisory(CVE, List.of(CVE), Severity.LOW, "https://a"));
    AffectedPackage unrated = AffectedPackage.of("b", AffectedVersions.from(""), advisory(CVE));
    Findings findings =
        match(
            DEBIAN,
            List.of(rated, unrated),
            _ -> Optional.of(critical),
            deb("a", "1"),
            deb("b", "1"));
    assertThat(findings.all())
        .extracting(finding -> finding.subject().name(), Finding::severity)
        .containsExactly(Tuple.tuple("b", Severity.CRITICAL), Tuple.tuple("a", Severity.LOW));
  }

  @Test
  void attributesHaveTheKeysOfEcr() {
    CveDetails details =
        new CveDetails(
            CVE,
            Optional.of(new Cvss("AV:N/AC:L/Au:N/C:N/I:N/A:P", 5.0)),
            Optional.of(new Cvss("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", 9.8)),
            "A flaw");
    Finding finding =
        match(DEBIAN, List.of(fixed("zlib", "2")), _ -> Optional.of(details), deb("zlib", "1"))
            .all()
            .getFirst();
    assertThat(finding.attributes())
        .containsExactly(
            new Attribute("package_version", "1"),
            new Attribute("package_name", "zlib"),
            new Attribute("CVSS2_VECTOR", "AV:N/AC:L/Au:N/C:N/I:N/A:P"),
            new Attribute("CVSS2_SCORE", "5"),
            new Attribute("CVSS3_VECTOR", "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"),
            new Attribute("CVSS3_SCORE", "9.8"),
            new Attribute("fixed_in_version", "2"));
  }

  @Test
  void anAttributeThatHasNoValueIsNotThere() {
    AffectedPackage open = AffectedPackage.of("zlib", AffectedVersions.from(""), advisory(CVE));
    assertThat(match(DEBIAN, List.of(open), deb("zlib", "1")).all().getFirst().attributes())
        .containsExactly(
            new Attribute("package_version", "1"), new Attribute("package_name", "zlib"));
  }

  @Test
  void findingsAreSortedBySeverityThenByNameAndCounted() {
    List<AffectedPackage> rows =
        List.of(
            rated("CVE-2024-3000", Severity.LOW),
            rated("CVE-2024-1000", Severity.UNDEFINED),
            rated("CVE-2024-2000", Severity.HIGH),
            rated("CVE-2023-9000", Severity.LOW),
            rated("CVE-2024-4000", Severity.CRITICAL),
            rated("CVE-2024-5000", Severity.INFORMATIONAL),
            rated("CVE-2024-6000", Severity.MEDIUM));
    Findings findings = match(DEBIAN, rows, deb("zlib", "1"));
    assertThat(findings.all())
        .extracting(Finding::name)
        .containsExactly(
            "CVE-2024-4000",
            "CVE-2024-2000",
            "CVE-2024-6000",
            "CVE-2023-9000",
            "CVE-2024-3000",
            "CVE-2024-5000",
            "CVE-2024-1000");
    assertThat(findings.counts())
        .containsExactly(
            Map.entry(Severity.CRITICAL, 1),
            Map.entry(Severity.HIGH, 1),
            Map.entry(Severity.MEDIUM, 1),
            Map.entry(Severity.LOW, 2),
            Map.entry(Severity.INFORMATIONAL, 1),
            Map.entry(Severity.UNDEFINED, 1));
  }

  @Test
  void severitiesThatThereAreNoneOfAreNotCounted() {
    assertThat(match(DEBIAN, List.of(), deb("zlib", "1")).counts()).isEmpty();
    assertThat(match(DEBIAN, List.of(fixed("zlib", "2"))).counts()).isEmpty();
  }

  private static AffectedPackage rated(String cve, Severity severity) {
    return AffectedPackage.of(
        "zlib", AffectedVersions.from(""), new Advisory(cve, List.of(cve), severity, "https://a"));
  }

  private static AffectedPackage fixed(String name, String version) {
    return AffectedPackage.of(name, AffectedVersions.before("", version), advisory(CVE));
  }

  private static Advisory advisory(String... cves) {
    return new Advisory("A-1", List.of(cves), Severity.UNDEFINED, "https://a");
  }

  @Test
  void moreFindingsThanAnyImageHasAreRefused() {
    List<AffectedPackage> rows =
        IntStream.range(0, 300)
            .mapToObj(
                i ->
                    AffectedPackage.of(
                        "linux",
                        AffectedVersions.from(""),
                        new Advisory("A" + i, List.of("CVE-2024-" + i), Severity.LOW, "")))
            .toList();
    InstalledPackage[] installed =
        IntStream.range(0, 200)
            .mapToObj(i -> deb("linux", "6." + i))
            .toArray(InstalledPackage[]::new);
    assertThatThrownBy(() -> match(DEBIAN, rows, installed))
        .isInstanceOf(TooManyFindingsException.class);
  }

  private static List<String> names(
      Distribution distribution, List<AffectedPackage> rows, InstalledPackage... installed) {
    return match(distribution, rows, installed).all().stream()
        .map(it -> it.name() + " " + it.subject().name() + " " + it.subject().version())
        .toList();
  }

  private static Findings match(
      Distribution distribution, List<AffectedPackage> rows, InstalledPackage... installed) {
    return match(distribution, rows, _ -> Optional.empty(), installed);
  }

  private static Findings match(
      Distribution distribution,
      List<AffectedPackage> rows,
      CveSource cves,
      InstalledPackage... installed) {
    ReleaseIndexBuilder builder = new ReleaseIndexBuilder(new Capacity());
    rows.forEach(builder::add);
    return new ImageMatcher(distribution, ReleaseIndex.read(builder.build()), cves)
        .match(Arrays.asList(installed));
  }
}
