package dev.berth.core.scan.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.berth.core.scan.cvss.Cvss;
import dev.berth.core.scan.feed.nvd.NvdFeed;
import dev.berth.core.scan.feed.secdb.SecdbFeed;
import dev.berth.core.scan.index.CveIndex;
import dev.berth.core.scan.index.FeedState;
import dev.berth.core.scan.index.Generation;
import dev.berth.core.scan.index.IndexFile;
import dev.berth.core.scan.index.ReleaseIndex;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class GenerationBuilderTest {

  private static final Instant FETCHED = Instant.parse("2026-11-25T12:00:00Z");

  private static final String SECDB =
      """
      {"distroversion": "v3.19", "packages": [{"pkg": {"name": "curl", "secfixes": {
        "8.5.0-r0": ["CVE-2023-46218", "CVE-2024-1000", "XSA-1"]}}}]}
      """;

  private static final String NVD =
      """
      {"timestamp": "%s", "vulnerabilities": [
        {"cve": {"id": "CVE-2023-46218", "vulnStatus": "Analyzed",
          "descriptions": [{"lang": "en", "value": "A flaw"}],
          "metrics": {"cvssMetricV2": [{"source": "nvd@nist.gov", "type": "Primary",
            "cvssData": {"vectorString": "AV:N/AC:L/Au:N/C:P/I:P/A:P", "baseScore": 7.5}}]}}},
        {"cve": {"id": "CVE-2023-99999", "descriptions": [{"lang": "en", "value": "Another"}]}}]}
      """;

  private final GenerationBuilder builder = new GenerationBuilder(FETCHED);

  @Test
  void feedsBecomeFilesAndAManifest() {
    read(secdb("main"), SECDB);
    read(secdb("community"), SECDB.replace("curl", "nodejs"));
    read(NvdFeed.ofYear(2023), NVD.formatted("2026-11-24T00:00:00.000"));
    var result = builder.build();
    Generation generation = result.generation();
    assertThat(generation.createdAt()).isEqualTo(FETCHED);
    assertThat(generation.feeds())
        .extracting(feed -> feed.name() + " " + feed.records())
        .containsExactly("main 1", "community 1", "nvd-2023 2");
    assertThat(generation.files())
        .extracting(IndexFile::name)
        .containsExactly("alpine-3.19", "cves-2023");
    IndexFile alpine = generation.file("alpine-3.19").orElseThrow();
    assertThat(alpine.feeds()).containsExactly("main", "community");
    assertThat(alpine.entries()).isEqualTo(6);
    assertThat(result.files()).containsOnlyKeys("alpine-3.19", "cves-2023");
    assertThat(result.files().get("alpine-3.19")).hasSize((int) alpine.size());
    assertThat(ReleaseIndex.read(result.files().get("alpine-3.19")).find("nodejs")).hasSize(3);
    assertThat(Generation.parse(generation.json())).isEqualTo(generation);
  }

  @Test
  void whatIsKnownOfOthersIsKeptWhereTheyAreNamed() {
    builder.name(List.of("CVE-2023-99999"));
    read(NvdFeed.ofYear(2023), NVD.formatted("2026-11-24T00:00:00.000"));
    var files = builder.build().files();
    assertThat(CveIndex.read(files.get("cves-2023")).all())
        .extracting(details -> details.cve() + " " + details.description())
        .containsExactly("CVE-2023-99999 Another");
  }

  @Test
  void anIndexKnowsTheVulnerabilitiesThatItIsAbout() {
    read(secdb("main"), SECDB);
    read(secdb("community"), SECDB.replace("curl", "nodejs"));
    var files = builder.build().files();
    assertThat(ReleaseIndex.read(files.get("alpine-3.19")).vulnerabilities())
        .containsExactlyInAnyOrder("CVE-2023-46218", "CVE-2024-1000", "XSA-1");
  }

  @Test
  void ofVulnerabilitiesThatNoAdvisoryNamesNothingIsKept() {
    read(secdb("main"), SECDB);
    read(NvdFeed.ofYear(2023), NVD.formatted("2026-11-24T00:00:00.000"));
    CveIndex cves = CveIndex.read(builder.build().files().get("cves-2023"));
    assertThat(cves.size()).isOne();
    assertThat(cves.find("CVE-2023-46218"))
        .hasValueSatisfying(details -> assertThat(details.cvss2()).map(Cvss::score).hasValue(7.5));
  }

  @Test
  void theTimeOfAFeedIsItsOwnButNotOneToCome() {
    read(secdb("main"), SECDB);
    assertThat(
            read(NvdFeed.ofYear(2023), NVD.formatted("2026-11-24T00:00:00.000")).sourceUpdatedAt())
        .isEqualTo(Instant.parse("2026-11-24T00:00:00Z"));
    assertThat(
            read(NvdFeed.ofYear(2022), NVD.formatted("9999-01-01T00:00:00.000")).sourceUpdatedAt())
        .isEqualTo(FETCHED);
    assertThat(read(secdb("community"), SECDB).sourceUpdatedAt()).isEqualTo(FETCHED);
  }

  @Test
  void afterARefusedFeedThereIsNoGeneration() {
    read(secdb("main"), SECDB);
    assertThatExceptionOfType(FeedException.class).isThrownBy(() -> read(secdb("community"), "{}"));
    assertThatIllegalStateException().isThrownBy(builder::build);
    assertThatIllegalStateException().isThrownBy(() -> read(secdb("main"), SECDB));
  }

  @Test
  void nothingIsAGenerationOfNothing() {
    assertThat(builder.build().files()).isEmpty();
  }

  private FeedState read(Feed feed, String text) {
    InputStream in = new ByteArrayInputStream(text.getBytes(UTF_8));
    return builder.read(feed, FETCHED, in);
  }

  private static Feed secdb(String repository) {
    return new SecdbFeed(repository, "v3.19", repository, "alpine-3.19");
  }
}
