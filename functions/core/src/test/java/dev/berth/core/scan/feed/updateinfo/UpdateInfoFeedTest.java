package dev.berth.core.scan.feed.updateinfo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.berth.core.scan.ScanData;
import dev.berth.core.scan.Severity;
import dev.berth.core.scan.feed.FeedException;
import dev.berth.core.scan.feed.Recorded;
import dev.berth.core.scan.index.AffectedVersions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UpdateInfoFeedTest {

  private static final UpdateInfoFeed FEED =
      new UpdateInfoFeed(
          "amazon-2-x86-64", "https://cdn/mirror.list", "amazon-2", id -> "https://alas/" + id);

  private static final String UPDATE =
      """
      <update author="a" status="final" type="security" version="1.4"><id>ALAS2-2024-1</id>
        <title>x</title><issued date="2024-02-07 18:49"/><updated date="2024-02-08 21:46"/>
        <severity>important</severity><description>CVE-2024-9999 &amp; more</description>
        <references>
          <reference href="http://a" id="CVE-2024-1000" title="" type="cve"/>
          <reference href="http://a" id="CVE-2024-1000" title="" type="cve"/>
          <reference href="http://a" id="RHSA-2024:1" title="" type="redhat"/>
        </references>
        <pkglist><collection short="amazon-linux-2"><name>Amazon Linux 2</name>
          <package arch="x86_64" epoch="1" name="bind" release="2.amzn2" version="9.11"><filename>a</filename></package>
          <package arch="i686" epoch="1" name="bind" release="2.amzn2" version="9.11"><filename>b</filename></package>
          <package arch="noarch" epoch="0" name="bind-doc" release="2.amzn2" version="9.11"><filename>c</filename></package>
        </collection></pkglist></update>
      """;

  @Test
  void anUpdateIsARowForEachOfItsPackages() {
    Recorded read = read(UPDATE);
    assertThat(read.records).isOne();
    assertThat(read.rows).hasSize(2);
    var bind = read.rows.getFirst().affected();
    assertThat(bind.name()).isEqualTo("bind");
    assertThat(bind.versions()).isEqualTo(AffectedVersions.before("", "1:9.11-2.amzn2"));
    assertThat(bind.architectures()).isEqualTo("i686,x86_64");
    assertThat(bind.advisory().id()).isEqualTo("ALAS2-2024-1");
    assertThat(bind.advisory().cves()).containsExactly("CVE-2024-1000");
    assertThat(bind.advisory().severity()).isEqualTo(Severity.HIGH);
    assertThat(bind.advisory().uri()).isEqualTo("https://alas/ALAS2-2024-1");
    var doc = read.rows.getLast().affected();
    assertThat(doc.versions()).isEqualTo(AffectedVersions.before("", "9.11-2.amzn2"));
    assertThat(doc.architectures()).isEmpty();
    assertThat(read.times).containsExactly(Instant.parse("2024-02-08T21:46:00Z"));
  }

  @Test
  void anUpdateOfSecurityWithoutACveIsNamedByItself() {
    assertThat(
            read(UPDATE.replace("CVE-2024-1000", "none"))
                .rows
                .getFirst()
                .affected()
                .advisory()
                .cves())
        .containsExactly("ALAS2-2024-1");
  }

  @Test
  void anUpdateThatFixesNoVulnerabilityDoesNotCount() {
    String bugfix = UPDATE.replace("CVE-2024-1000", "none").replace("\"security\"", "\"bugfix\"");
    assertThat(read(UPDATE, bugfix.replace("2024-1", "2024-2")).rows).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "<html/>",
        "<updates/>",
        "<updates></updates> x",
        "<updates><update/></updates>",
        "<updates><update type='security'><id>A</id></update></updates>",
        "<updates><update type='security'><id>A</id><pkglist><package name='' version='1'"
            + " release='1'/></pkglist></update></updates>"
      })
  void whatHoldsNothingIsRefused(String xml) {
    assertThatExceptionOfType(FeedException.class).isThrownBy(() -> Recorded.of(FEED, xml));
  }

  @Test
  void aDocumentThatIsCutOffIsRefusedWhereverThatIs() {
    String whole = ("<?xml version=\"1.0\"?><updates>" + UPDATE + "</updates>");
    for (int size = 0; size < whole.length(); size++) {
      String part = whole.substring(0, size);
      assertThatExceptionOfType(FeedException.class).isThrownBy(() -> Recorded.of(FEED, part));
    }
  }

  @Test
  void theLineOfAnErrorIsNamed() {
    assertThatExceptionOfType(FeedException.class)
        .isThrownBy(() -> Recorded.of(FEED, "<updates>\n\n<update></updates>"))
        .withMessageStartingWith("line 3");
  }

  @ParameterizedTest
  @ValueSource(strings = {"al2-updateinfo.xml.gz", "al2023-updateinfo.xml.gz"})
  void realDocumentsAreRead(String name) throws IOException {
    byte[] bytes = ScanData.bytes("feeds/updateinfo/" + name);
    Recorded read = Recorded.of(FEED, new GZIPInputStream(new ByteArrayInputStream(bytes)));
    assertThat(read.rows).hasSizeGreaterThan(20);
    assertThat(read.rows)
        .allMatch(row -> row.affected().advisory().severity() == Severity.HIGH)
        .allMatch(row -> row.affected().advisory().cves().getFirst().startsWith("CVE-"));
  }

  private static Recorded read(String... updates) {
    return Recorded.of(
        FEED, "<?xml version=\"1.0\"?><updates>" + String.join("", updates) + "</updates>");
  }
}
