package dev.berth.core.scan.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.berth.core.scan.Severity;
import dev.berth.core.scan.cvss.Cvss;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CveIndexTest {

  private static final Cvss VERSION_2 = new Cvss("AV:N/AC:L/Au:N/C:P/I:P/A:P", 7.5);
  private static final Cvss VERSION_3 =
      new Cvss("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", 9.8);

  @Test
  void whatWasWrittenIsFound() {
    CveDetails whole =
        new CveDetails("CVE-2024-1000", Optional.of(VERSION_2), Optional.of(VERSION_3), "größer");
    CveDetails bare = CveDetails.unknown("CVE-2024-10000");
    CveIndex index = index(whole, bare);
    assertThat(index.size()).isEqualTo(2);
    assertThat(index.find("CVE-2024-1000")).hasValue(whole);
    assertThat(index.find("CVE-2024-10000")).hasValue(bare);
    assertThat(index.find("CVE-2024-100")).isEmpty();
  }

  @Test
  void whatComesLaterHasPrecedenceWhereItSaysSomething() {
    CveDetails feed =
        new CveDetails("CVE-2024-1000", Optional.of(VERSION_2), Optional.empty(), "old");
    CveDetails nvd =
        new CveDetails("CVE-2024-1000", Optional.empty(), Optional.of(VERSION_3), "new");
    CveDetails silent = CveDetails.unknown("CVE-2024-1000");
    assertThat(index(feed, nvd, silent).find("CVE-2024-1000"))
        .hasValue(
            new CveDetails("CVE-2024-1000", Optional.of(VERSION_2), Optional.of(VERSION_3), "new"));
  }

  @Test
  void aScoreOfZeroIsAScore() {
    CveDetails details =
        new CveDetails("CVE-2024-1000", Optional.empty(), Optional.of(new Cvss("v", 0)), "");
    assertThat(index(details).find("CVE-2024-1000")).hasValue(details);
  }

  @Test
  void filesAreAskedOneAfterAnother() {
    CveSource all =
        CveSource.of(
            List.of(
                index(CveDetails.unknown("CVE-2023-1000")),
                index(CveDetails.unknown("CVE-2024-1000"))));
    assertThat(all.find("CVE-2023-1000")).isPresent();
    assertThat(all.find("CVE-2024-1000")).isPresent();
    assertThat(all.find("CVE-2025-1000")).isEmpty();
  }

  @Test
  void aLongDescriptionIsCutOff() {
    String text = "a".repeat(CveDetails.MAX_DESCRIPTION + 1);
    assertThat(
            new CveDetails("CVE-2024-1000", Optional.empty(), Optional.empty(), text).description())
        .hasSize(CveDetails.MAX_DESCRIPTION);
  }

  @Test
  void theNewestScoreIsRated() {
    assertThat(CveDetails.unknown("CVE-2024-1000").severity()).isEqualTo(Severity.UNDEFINED);
    assertThat(new CveDetails("C", Optional.of(VERSION_2), Optional.empty(), "").severity())
        .isEqualTo(Severity.HIGH);
    assertThat(new CveDetails("C", Optional.of(VERSION_2), Optional.of(VERSION_3), "").severity())
        .isEqualTo(Severity.CRITICAL);
  }

  @Test
  void aDamagedFileIsRefused() {
    CveIndexBuilder builder = new CveIndexBuilder(new Capacity());
    builder.add(CveDetails.unknown("CVE-2024-1000"));
    byte[] file = builder.build();
    for (int i = 0; i < file.length; i++) {
      byte[] damaged = file.clone();
      damaged[i] ^= 1;
      assertThatExceptionOfType(InvalidIndexException.class)
          .isThrownBy(() -> CveIndex.read(damaged));
    }
  }

  private static CveIndex index(CveDetails... details) {
    CveIndexBuilder builder = new CveIndexBuilder(new Capacity());
    List.of(details).forEach(builder::add);
    return CveIndex.read(builder.build());
  }
}
