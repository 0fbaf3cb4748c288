package dev.berth.core.scan.cvss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.berth.core.scan.ScanData;
import dev.berth.core.scan.Severity;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CvssTest {

  /** The examples of FIRST's user guides, and each branch of the equations. */
  @ParameterizedTest
  @CsvSource({
    "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H, 9.8",
    "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H, 10.0",
    "CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N, 7.5",
    "CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N, 6.1",
    "CVSS:3.1/AV:N/AC:H/PR:N/UI:R/S:U/C:L/I:N/A:N, 3.1",
    "CVSS:3.1/AV:N/AC:L/PR:L/UI:N/S:C/C:L/I:L/A:N, 6.4",
    "CVSS:3.1/AV:P/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H, 4.6",
    "CVSS:3.1/AV:A/AC:H/PR:H/UI:R/S:C/C:H/I:H/A:H, 7.3",
    "CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:U/C:L/I:L/A:H, 6.6",
    "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N, 0.0",
    "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:N/I:N/A:N, 0.0",
    "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/E:P/RL:O/RC:C, 9.8"
  })
  void aVectorHasItsBaseScore(String vector, double score) {
    assertThat(Cvss.ofVersion3(vector)).hasValue(new Cvss(vector, score));
  }

  @Test
  void theScoresOfNvdAreThoseOfItsVectors() throws IOException {
    JsonNode page = new JsonMapper().readTree(ScanData.bytes("feeds/nvd/nvd-page.json"));
    int compared = 0;
    for (JsonNode data : page.findValues("cvssData")) {
      String vector = data.path("vectorString").asText();
      assertThat(Cvss.ofVersion3(vector))
          .hasValue(new Cvss(vector, data.path("baseScore").asDouble()));
      compared++;
    }
    assertThat(compared).isGreaterThan(30);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "7.5",
        "AV:N/AC:L/Au:N/C:P/I:P/A:P",
        "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N",
        "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H",
        "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:X",
        "CVSS:3.1/AC:L/AV:N/PR:N/UI:N/S:U/C:H/I:H/A:H",
        "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/"
      })
  void whatIsNoVectorOfVersion3HasNoScore(String text) {
    assertThat(Cvss.ofVersion3(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"7.5, 7.5", "5.0, 5", "10.0, 10", "0.0, 0"})
  void aWholeScoreIsWrittenWithoutDecimals(double score, String text) {
    assertThat(new Cvss("", score).scoreText()).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 10.1, Double.NaN, Double.POSITIVE_INFINITY})
  void thereAreNoOtherScores(double score) {
    assertThatIllegalArgumentException().isThrownBy(() -> new Cvss("", score));
  }

  @ParameterizedTest
  @CsvSource({
    "0.0, INFORMATIONAL",
    "0.1, LOW",
    "3.9, LOW",
    "4.0, MEDIUM",
    "6.9, MEDIUM",
    "7.0, HIGH",
    "8.9, HIGH",
    "9.0, CRITICAL",
    "10.0, CRITICAL"
  })
  void scoresOfVersion3AreRatedAsNvdDoes(double score, Severity severity) {
    assertThat(Ratings.ofVersion3(new Cvss("", score))).isEqualTo(severity);
  }

  @ParameterizedTest
  @CsvSource({"0.0, LOW", "3.9, LOW", "4.0, MEDIUM", "6.9, MEDIUM", "7.0, HIGH", "10.0, HIGH"})
  void scoresOfVersion2AreRatedAsNvdDoes(double score, Severity severity) {
    assertThat(Ratings.ofVersion2(new Cvss("", score))).isEqualTo(severity);
  }
}
