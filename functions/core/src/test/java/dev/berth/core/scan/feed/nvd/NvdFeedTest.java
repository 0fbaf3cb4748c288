package dev.berth.core.scan.feed.nvd;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.berth.core.scan.ScanData;
import dev.berth.core.scan.cvss.Cvss;
import dev.berth.core.scan.feed.FeedException;
import dev.berth.core.scan.feed.FeedLimits;
import dev.berth.core.scan.feed.Recorded;
import dev.berth.core.scan.index.CveDetails;
import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NvdFeedTest {

  private static final NvdFeed FEED = NvdFeed.ofYear(2024);

  private static final String DOCUMENT =
      """
      {"resultsPerPage": 1, "startIndex": 0, "totalResults": 1, "format": "NVD_CVE",
       "version": "2.0", "timestamp": "2024-10-18T18:04:18.493",
       "vulnerabilities": [%s]}
      """;

  private static final String VERSION_2 =
      "{\"source\": \"%s\", \"type\": \"%s\", \"cvssData\": {\"version\": \"2.0\","
          + " \"vectorString\": \"AV:N/AC:L/Au:N/C:P/I:P/A:P\", \"baseScore\": %s}}";

  private static final String VERSION_3 =
      "{\"source\": \"nvd@nist.gov\", \"type\": \"Primary\", \"cvssData\": {\"version\": \"3.1\","
          + " \"vectorString\": \"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H\","
          + " \"baseScore\": 9.8}}";

  private static final String ELEMENT =
      """
      {"cve": {"id": "CVE-2024-1000", "vulnStatus": "Analyzed",
        "descriptions": [{"lang": "es", "value": "Un error"}, {"lang": "en", "value": "A flaw"}],
        "metrics": {"cvssMetricV31": [%s], "cvssMetricV2": [%s]},
        "configurations": [{"nodes": [{"cpeMatch": [{"criteria": "cpe:2.3:a:x:y"}]}]}]}}
      """;

  private static String whole() {
    return ELEMENT.formatted(VERSION_3, VERSION_2.formatted("nvd@nist.gov", "Primary", "7.5"));
  }

  @Test
  void bothScoresAndTheEnglishDescriptionAreRead() {
    Recorded read = read(whole());
    assertThat(read.records).isOne();
    assertThat(read.details)
        .containsExactly(
            new CveDetails(
                "CVE-2024-1000",
                Optional.of(new Cvss("AV:N/AC:L/Au:N/C:P/I:P/A:P", 7.5)),
                Optional.of(new Cvss("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", 9.8)),
                "A flaw"));
    assertThat(read.times).containsExactly(Instant.parse("2024-10-18T18:04:18.493Z"));
  }

  @Test
  void ofSeveralScoresNvdsOwnCounts() {
    String others = VERSION_2.formatted("a@b", "Primary", "1.0");
    String own = VERSION_2.formatted("nvd@nist.gov", "Secondary", "5.0");
    assertThat(read(ELEMENT.formatted("", others + "," + own)).details.getFirst().cvss2())
        .map(Cvss::score)
        .hasValue(5.0);
  }

  @Test
  void ofOthersScoresThePrimaryOneCounts() {
    String secondary = VERSION_2.formatted("a@b", "Secondary", "1.0");
    String primary = VERSION_2.formatted("c@d", "Primary", "2.0");
    assertThat(read(ELEMENT.formatted("", secondary + "," + primary)).details.getFirst().cvss2())
        .map(Cvss::score)
        .hasValue(2.0);
  }

  @Test
  void aScoreThatIsNoneIsPassedOver() {
    String wrong = VERSION_2.formatted("nvd@nist.gov", "Primary", "77");
    assertThat(read(ELEMENT.formatted("", wrong)).details.getFirst().cvss2()).isEmpty();
  }

  @Test
  void whatWasRejectedIsNotKnown() {
    assertThat(read(whole(), whole().replace("Analyzed", "Rejected")).details).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{}",
        "null",
        "<html/>",
        "{\"vulnerabilities\": []}",
        "{\"vulnerabilities\": {}}",
        "{\"vulnerabilities\": [null]}",
        "{\"vulnerabilities\": [7]}",
        "{\"vulnerabilities\": [{}]}",
        "{\"vulnerabilities\": [{\"cve\": {}}]}",
        "{\"vulnerabilities\": [{\"cve\": {\"id\": \"X\"}}]}",
        "{\"vulnerabilities\": [{\"cve\": {\"id\": \"CVE-2024-1000\"}}]} []",
        "{\"vulnerabilities\": [{\"cve\": {\"id\": \"CVE-2024-1000\", \"metrics\": []}}]}",
        "{\"vulnerabilities\": [{\"cve\": {\"id\": \"CVE-2024-1000\", \"metrics\":"
            + " {\"cvssMetricV2\": [null]}}}]}"
      })
  void whatIsNoFeedIsRefused(String json) {
    assertThatExceptionOfType(FeedException.class).isThrownBy(() -> Recorded.of(FEED, json));
  }

  @Test
  void theElementOfAnErrorIsNamed() {
    assertThatExceptionOfType(FeedException.class)
        .isThrownBy(() -> read(whole(), "{\"cve\": []}"))
        .withMessageStartingWith("vulnerabilities[1], line");
  }

  @Test
  void aFeedThatIsCutOffIsRefusedWhereverThatIs() {
    byte[] whole = DOCUMENT.formatted(whole()).strip().getBytes(UTF_8);
    for (int size = 0; size < whole.length; size++) {
      byte[] part = Arrays.copyOf(whole, size);
      assertThatExceptionOfType(FeedException.class)
          .isThrownBy(() -> Recorded.of(FEED, new ByteArrayInputStream(part)));
    }
  }

  @Test
  void anElementThatHoldsTooMuchIsRefused() {
    String endless = "{\"cve\": {\"descriptions\": [" + "{},".repeat(FeedLimits.VALUES) + "{}]}}";
    assertThatExceptionOfType(FeedException.class)
        .isThrownBy(() -> read(endless))
        .withMessageContaining("values");
  }

  @Test
  void theScoresAndTextsOfARealPageAreRead() {
    byte[] page = ScanData.bytes("feeds/nvd/nvd-page.json");
    Recorded read = Recorded.of(FEED, new ByteArrayInputStream(page));
    assertThat(read.records).isEqualTo(38);
    assertThat(read.details).hasSize(38).noneMatch(details -> details.description().isEmpty());
    assertThat(read.details).filteredOn(details -> details.cvss3().isPresent()).hasSize(35);
  }

  private static Recorded read(String... elements) {
    return Recorded.of(FEED, DOCUMENT.formatted(String.join(",", elements)));
  }
}
