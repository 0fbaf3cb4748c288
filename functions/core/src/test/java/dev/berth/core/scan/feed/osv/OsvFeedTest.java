package dev.berth.core.scan.feed.osv;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.berth.core.scan.Severity;
import dev.berth.core.scan.cvss.Cvss;
import dev.berth.core.scan.feed.FeedException;
import dev.berth.core.scan.feed.Recorded;
import dev.berth.core.scan.feed.Zips;
import dev.berth.core.scan.index.AffectedVersions;
import dev.berth.core.scan.index.CveDetails;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The format, whatever counts for a distribution. */
class OsvFeedTest {

  private static final String RECORD =
      """
      {"schema_version": "1.7.0", "id": "X-%s", "modified": "2024-02-03T04:05:06Z",
       "details": "A flaw.", "upstream": ["CVE-2024-%s"],
       "severity": [{"type": "CVSS_V3", "score": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"}],
       "affected": [{"package": {"ecosystem": "X:1", "name": "zlib", "purl": "pkg:deb/x/zlib"},
         "ranges": [{"type": "ECOSYSTEM", "events": [%s]}],
         "versions": ["1", "2"], "ecosystem_specific": {"binaries": [{"zlib1g": "1"}]}}]}
      """;

  private static final OsvFeed FEED = new OsvFeed("x", "X", new EverythingCounts());

  private record EverythingCounts() implements OsvRules {
    @Override
    public List<String> vulnerabilities(OsvRecord record) {
      return record.upstream();
    }

    @Override
    public Optional<String> index(String ecosystem) {
      return Optional.of(ecosystem).filter(it -> it.startsWith("X:"));
    }

    @Override
    public Severity severity(OsvRecord record, OsvAffected affected) {
      return Severity.UNDEFINED;
    }

    @Override
    public String uri(OsvRecord record, String ecosystem) {
      return "https://x/" + record.id();
    }
  }

  @Test
  void aRecordBecomesARowAndDetails() {
    Recorded read = read(record("1000", "{'introduced': '0'}, {'fixed': '1.2-3'}"));
    assertThat(read.records).isOne();
    var row = read.rows.getFirst();
    assertThat(row.index()).isEqualTo("X:1");
    assertThat(row.affected().name()).isEqualTo("zlib");
    assertThat(row.affected().versions()).isEqualTo(AffectedVersions.before("", "1.2-3"));
    assertThat(row.affected().advisory().cves()).containsExactly("CVE-2024-1000");
    assertThat(row.affected().advisory().uri()).isEqualTo("https://x/X-1000");
    assertThat(read.details)
        .containsExactly(
            new CveDetails(
                "CVE-2024-1000",
                Optional.empty(),
                Optional.of(new Cvss("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", 9.8)),
                "A flaw."));
    assertThat(read.times).containsExactly(Instant.parse("2024-02-03T04:05:06Z"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'introduced':'0'}                                 | ALL:",
        "{'introduced':'2'}                                 | ALL:2",
        "{'introduced':'2'},{'fixed':'3'}                   | BEFORE:2:3",
        "{'introduced':'0'},{'last_affected':'3'}           | UP_TO::3",
        "{'introduced':'0'},{'fixed':'0'}                   | NONE:",
        "{'introduced':'0'},{'fixed':'3'},{'introduced':'4'} | BEFORE::3 ALL:4",
        "{'fixed':'3'}                                      | ''"
      })
  void eventsBoundVersions(String events, String expected) {
    String sure = record("2000", "{'introduced':'0'}");
    Recorded read = read(record("1000", events), sure);
    assertThat(
            read.rows.stream()
                .filter(row -> row.affected().advisory().id().equals("X-1000"))
                .map(row -> text(row.affected().versions())))
        .containsExactly(expected.isEmpty() ? new String[0] : expected.split(" "));
  }

  private static String text(AffectedVersions versions) {
    String bound = versions.bound().isEmpty() ? "" : ":" + versions.bound();
    return versions.extent() + ":" + versions.introduced() + bound;
  }

  @Test
  void whatWasWithdrawnDoesNotCount() {
    String withdrawn =
        record("1000", "{'introduced':'0'}")
            .replace("{\"schema", "{\"withdrawn\":\"2024-01-01T00:00:00Z\",\"schema");
    assertThat(read(withdrawn, record("2000", "{'introduced':'0'}")).rows)
        .extracting(row -> row.affected().advisory().id())
        .containsExactly("X-2000");
  }

  @Test
  void rangesOfCommitsAreNoVersions() {
    String commits = record("1000", "{'introduced':'0'}").replace("ECOSYSTEM", "GIT");
    assertThat(read(commits, record("2000", "{'introduced':'0'}")).rows).hasSize(1);
  }

  @Test
  void theScoreOfARecordAboutSeveralVulnerabilitiesIsOfNone() {
    String two =
        record("1000", "{'introduced':'0'}")
            .replace("[\"CVE-2024-1000\"]", "[\"CVE-2024-1\",\"CVE-2024-2\"]");
    assertThat(read(two).details).isEmpty();
  }

  @Test
  void anExportThatIsCutOffIsRefusedWhereverThatIs() {
    byte[] whole = zipOfThree();
    for (int size = 0; size < whole.length; size++) {
      byte[] part = Arrays.copyOf(whole, size);
      assertThatExceptionOfType(FeedException.class)
          .as("%d of %d bytes", size, whole.length)
          .isThrownBy(() -> Recorded.of(FEED, new ByteArrayInputStream(part)));
    }
  }

  private static byte[] zipOfThree() {
    String events = "{'introduced':'0'}";
    return Zips.of(record("1000", events), record("2000", events), record("3000", events));
  }

  @Test
  void anExportWithADamagedByteIsRefusedOrReadAsItWas() {
    byte[] whole = zipOfThree();
    Recorded undamaged = Recorded.of(FEED, new ByteArrayInputStream(whole));
    for (int i = 0; i < whole.length; i++) {
      byte[] damaged = whole.clone();
      damaged[i] ^= 0x15;
      try {
        Recorded read = Recorded.of(FEED, new ByteArrayInputStream(damaged));
        // times and attributes of entries say nothing
        assertThat(read.rows).isEqualTo(undamaged.rows);
      } catch (FeedException e) {
        assertThat(e).hasMessageMatching("(?s).+");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "7",
        "{",
        "{}",
        "{\"id\": \"\"}",
        "{\"id\": \"X-1\", \"affected\": {}}",
        "{\"id\": \"X-1\", \"affected\": [null]}",
        "{\"id\": \"X-1\", \"affected\": [{\"ranges\": [{\"events\": [null]}]}]}",
        "{\"id\": \"X-1\"} {\"id\": \"X-2\"}",
        "<html>502 Bad Gateway</html>"
      })
  void aRecordThatIsNoneIsRefusedByItsName(String record) {
    assertThatExceptionOfType(FeedException.class)
        .isThrownBy(() -> read(record("1000", "{'introduced':'0'}"), record))
        .withMessageStartingWith("record-1.json");
  }

  @Test
  void aRecordWithAnEmptyOrEndlessNameIsRefused() {
    String record = record("1000", "{'introduced':'0'}");
    for (String name : List.of("", "a".repeat(513))) {
      assertThatExceptionOfType(FeedException.class)
          .isThrownBy(() -> read(record.replace("\"zlib\"", "\"" + name + "\"")))
          .withMessageContaining("X-1000");
    }
  }

  @Test
  void anAdvisoryAboutEverythingIsRefused() {
    String cves = ",\"CVE-2024-1000\"".repeat(10_001).substring(1);
    String record = record("1000", "{'introduced':'0'}");
    assertThatExceptionOfType(FeedException.class)
        .isThrownBy(() -> read(record.replace("[\"CVE-2024-1000\"]", "[" + cves + "]")))
        .withMessageContaining("X-1000: an advisory is about 10001 vulnerabilities");
  }

  @Test
  void deepNestingIsRefused() {
    assertThatExceptionOfType(FeedException.class)
        .isThrownBy(() -> read("{\"id\": \"X-1\", \"x\": " + "[".repeat(100_000)))
        .withMessageStartingWith("record-0.json");
  }

  @Test
  void aTextWithoutEndIsRefused() {
    assertThatExceptionOfType(FeedException.class)
        .isThrownBy(() -> read("{\"id\": \"X-1\", \"details\": \"" + "a".repeat(2 << 20) + "\"}"))
        .withMessageContaining("String");
  }

  @Test
  void aBombIsRefusedBeforeItIsUnpacked() throws IOException {
    byte[] bomb = bomb();
    assertThat(bomb.length).isLessThan(1 << 20);
    assertThatExceptionOfType(FeedException.class)
        .isThrownBy(() -> Recorded.of(FEED, new ByteArrayInputStream(bomb)))
        .withMessageContaining("bomb.json")
        .withMessageContaining("bytes");
  }

  /** 64 MiB of spaces before a record. */
  private static byte[] bomb() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("bomb.json"));
      byte[] spaces = " ".repeat(1 << 20).getBytes(UTF_8);
      for (int i = 0; i < 64; i++) {
        zip.write(spaces);
      }
      zip.write(record("1000", "{'introduced':'0'}").getBytes(UTF_8));
    }
    return bytes.toByteArray();
  }

  @Test
  void anExportOfNothingIsRefused() {
    assertThatExceptionOfType(FeedException.class)
        .isThrownBy(() -> read())
        .withMessageContaining("no records");
    String elsewhere = record("1000", "{'introduced':'0'}").replace("X:1", "Y:1");
    assertThatExceptionOfType(FeedException.class)
        .isThrownBy(() -> read(elsewhere))
        .withMessageContaining("none of 1 records");
  }

  @Test
  void whatIsNoZipIsRefused() {
    for (String text : List.of("", "<html>502</html>", "{\"id\": \"X-1\"}")) {
      InputStream in = new ByteArrayInputStream(text.getBytes(UTF_8));
      assertThatExceptionOfType(FeedException.class)
          .isThrownBy(() -> Recorded.of(FEED, in))
          .withMessageContaining("no zip");
    }
  }

  @Test
  void aStreamThatBreaksIsAnExceptionWithItsCause() {
    IOException broken = new IOException("connection reset");
    InputStream in =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw broken;
          }
        };
    assertThatExceptionOfType(FeedException.class)
        .isThrownBy(() -> Recorded.of(FEED, in))
        .withCause(broken);
  }

  @Test
  void theExportOfAnEcosystemHasAnAddress() {
    assertThat(new OsvFeed("redhat", "Red Hat", new EverythingCounts()).location())
        .isEqualTo("https://osv-vulnerabilities.storage.googleapis.com/Red%20Hat/all.zip");
  }

  private static Recorded read(String... records) {
    return Recorded.of(FEED, Zips.stream(records));
  }

  private static String record(String number, String events) {
    return RECORD.formatted(number, number, events.replace('\'', '"'));
  }
}
