package dev.berth.registry.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.core.scan.Severity;
import dev.berth.core.scan.match.Attribute;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FindingsFileTest {

  private static final List<ScanFinding> FINDINGS =
      IntStream.range(0, 25).mapToObj(FindingsFileTest::finding).toList();

  private static ScanFinding finding(int number) {
    return new ScanFinding(
        "CVE-2024-" + number,
        Severity.values()[number % 6],
        number == 3 ? "" : "\u00e4 \"quoted\" \n text",
        "https://example.com",
        List.of(new Attribute("package_name", "a"), new Attribute("package_version", "1")));
  }

  private static List<ScanFinding> read(byte[] file, int offset, int limit) throws IOException {
    return FindingsFile.read(new ByteArrayInputStream(file), offset, limit);
  }

  @Test
  void pagesAreWhatWasWritten() throws IOException {
    byte[] file = FindingsFile.write(FINDINGS);
    assertThat(read(file, 0, 1000)).isEqualTo(FINDINGS);
    assertThat(read(file, 10, 10)).isEqualTo(FINDINGS.subList(10, 20));
    assertThat(read(file, 20, 10)).isEqualTo(FINDINGS.subList(20, 25));
    assertThat(read(file, 30, 10)).isEmpty();
    assertThat(read(FindingsFile.write(List.of()), 0, 10)).isEmpty();
  }

  @Test
  void damagedBytesAreNoFindings() {
    byte[] file = FindingsFile.write(FINDINGS);
    assertThatThrownBy(() -> read(Arrays.copyOf(file, file.length / 2), 0, 1000))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> read(new byte[10], 0, 1000)).isInstanceOf(IOException.class);
  }
}
