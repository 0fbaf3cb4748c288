package dev.berth.core.scan.feed.secdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.berth.core.scan.ScanData;
import dev.berth.core.scan.feed.FeedException;
import dev.berth.core.scan.feed.Recorded;
import dev.berth.core.scan.index.AffectedVersions;
import java.io.ByteArrayInputStream;
import java.util.Arrays;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecdbFeedTest {

  private static final SecdbFeed FEED =
      new SecdbFeed("alpine-3.19-main", "v3.19", "main", "alpine-3.19");

  private static final String DOCUMENT =
      """
      {"apkurl": "{{urlprefix}}/{{pkg.name}}.apk", "archs": ["x86_64"], "reponame": "main",
       "distroversion": "v3.19",
       "packages": [
         {"pkg": {"name": "curl", "secfixes": {
           "8.5.0-r0": ["CVE-2023-46218", "CVE-2023-46219"],
           "0": ["CVE-2021-22897"]}}},
         {"pkg": {"name": "zlib", "secfixes": null}}]}
      """;

  @Test
  void eachFixIsARow() {
    Recorded read = Recorded.of(FEED, DOCUMENT);
    assertThat(read.records).isEqualTo(2);
    assertThat(read.rows)
        .extracting(
            row -> row.index(),
            row -> row.affected().name(),
            row -> row.affected().advisory().id(),
            row -> row.affected().versions())
        .containsExactlyInAnyOrder(
            row("CVE-2023-46218", AffectedVersions.before("", "8.5.0-r0")),
            row("CVE-2023-46219", AffectedVersions.before("", "8.5.0-r0")),
            row("CVE-2021-22897", AffectedVersions.none()));
  }

  private static Tuple row(String cve, AffectedVersions versions) {
    return Tuple.tuple("alpine-3.19", "curl", cve, versions);
  }

  @ParameterizedTest
  @CsvSource({
    "CVE-2019-14904, CVE-2019-14904",
    "CVE-2016-6258 XSA-182, CVE-2016-6258",
    "CVE-2018-3639   XSA-263, CVE-2018-3639",
    "'CVE-2018-10103 (SMB - partially fixed, but SMB printing disabled)', CVE-2018-10103",
    "CVE_2019-2426, CVE-2019-2426",
    "CVE-2019-1 CVE-2019-10001 CVE-2019-10002, CVE-2019-10001 CVE-2019-10002",
    "XSA-235, XSA-235",
    "GHSA-jfh8-c2jp-5v3q, GHSA-jfh8-c2jp-5v3q",
    "CVE-????-?????  XSA-295, XSA-295",
    "CVE-????-?????, ''",
    "'', ''"
  })
  void entriesNameVulnerabilitiesInManyWays(String entry, String names) {
    assertThat(SecdbNames.of(entry))
        .containsExactly(names.isEmpty() ? new String[0] : names.split(" "));
  }

  @Test
  void theDatabaseOfAnotherReleaseIsRefused() {
    assertThatExceptionOfType(FeedException.class)
        .isThrownBy(() -> Recorded.of(FEED, DOCUMENT.replace("v3.19", "v3.18")))
        .withMessageContaining("distroversion");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{}",
        "<html>404</html>",
        "{\"distroversion\": \"v3.19\"}",
        "{\"distroversion\": \"v3.19\", \"packages\": []}",
        "{\"distroversion\": \"v3.19\", \"packages\": {}}",
        "{\"distroversion\": \"v3.19\", \"packages\": [null]}",
        "{\"distroversion\": \"v3.19\", \"packages\": [{}]}",
        "{\"distroversion\": \"v3.19\", \"packages\": [{\"pkg\": {\"name\": \"\"}}]}",
        "{\"distroversion\": \"v3.19\", \"packages\": [{\"pkg\": {\"name\": \"a\", \"secfixes\":"
            + " []}}]}",
        "{\"distroversion\": \"v3.19\", \"packages\": [{\"pkg\": {\"name\": \"a\", \"secfixes\":"
            + " {\"\": [\"CVE-2024-1000\"]}}}]}",
        "{\"distroversion\": \"v3.19\", \"packages\": [{\"pkg\": {\"name\": \"a\", \"secfixes\":"
            + " {\"1\": \"CVE-2024-1000\"}}}]}",
        "{\"distroversion\": \"v3.19\", \"packages\": [{\"pkg\": {\"name\": \"a\", \"secfixes\":"
            + " {\"1\": [null]}}}]}",
        "{\"distroversion\": \"v3.19\", \"packages\": [{\"pkg\": {\"name\": \"a\", \"secfixes\":"
            + " {\"1\": []}}}]}"
      })
  void whatIsNoDatabaseIsRefused(String text) {
    assertThatExceptionOfType(FeedException.class).isThrownBy(() -> Recorded.of(FEED, text));
  }

  @Test
  void aDatabaseThatIsCutOffIsRefusedWhereverThatIs() {
    byte[] whole = DOCUMENT.strip().getBytes();
    for (int size = 0; size < whole.length; size++) {
      byte[] part = Arrays.copyOf(whole, size);
      assertThatExceptionOfType(FeedException.class)
          .isThrownBy(() -> Recorded.of(FEED, new ByteArrayInputStream(part)));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "3.10, main, 166, 1178",
    "3.10, community, 73, 719",
    "3.11, main, 175, 1199",
    "3.11, community, 85, 894"
  })
  void realDatabasesAreReadWhole(String release, String repository, int packages, int fixes) {
    SecdbFeed feed = new SecdbFeed("a", "v" + release, repository, "alpine-" + release);
    byte[] bytes = ScanData.bytes("feeds/secdb/v%s/%s.json".formatted(release, repository));
    Recorded read = Recorded.of(feed, new ByteArrayInputStream(bytes));
    assertThat(read.records).isEqualTo(packages);
    assertThat(read.rows).hasSize(fixes);
  }
}
