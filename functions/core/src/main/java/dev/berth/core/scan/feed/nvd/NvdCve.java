package dev.berth.core.scan.feed.nvd;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.berth.core.scan.cvss.Cvss;
import dev.berth.core.scan.feed.Absent;
import dev.berth.core.scan.index.CveDetails;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What the feed says of one vulnerability, as far as it is read. */
record NvdCve(String id, String vulnStatus, List<Description> descriptions, Metrics metrics) {

  /** An element of the feed. */
  record Element(NvdCve cve) {}

  record Description(String lang, String value) {
    Description {
      lang = Absent.text(lang);
      value = Absent.text(value);
    }
  }

  /** Scores by the version of CVSS. */
  record Metrics(
      @JsonProperty("cvssMetricV31") List<Metric> version31,
      @JsonProperty("cvssMetricV30") List<Metric> version30,
      @JsonProperty("cvssMetricV2") List<Metric> version2) {
    Metrics {
      version31 = Absent.list(version31);
      version30 = Absent.list(version30);
      version2 = Absent.list(version2);
    }
  }

  /**
   * A score of somebody's.
   *
   * @param type Primary for who has the last word
   */
  record Metric(String source, String type, Data cvssData) {

    private static final String NVD = "nvd@nist.gov";

    /** NVD's own before others, and primary ones before secondary ones. */
    private static final Comparator<Metric> BEST_FIRST =
        Comparator.comparing((Metric metric) -> !NVD.equals(metric.source))
            .thenComparing(metric -> !"Primary".equals(metric.type));
  }

  record Data(String vectorString, double baseScore) {}

  NvdCve {
    id = Absent.text(id);
    vulnStatus = Absent.text(vulnStatus);
    descriptions = Absent.list(descriptions);
    metrics = metrics == null ? new Metrics(null, null, null) : metrics;
  }

  /** It turned out to be none. */
  boolean isRejected() {
    return vulnStatus.equals("Rejected");
  }

  CveDetails details() {
    return new CveDetails(
        id,
        best(metrics.version2),
        best(metrics.version31).or(() -> best(metrics.version30)),
        description());
  }

  private static Optional<Cvss> best(List<Metric> metrics) {
    return metrics.stream()
        .sorted(Metric.BEST_FIRST)
        .flatMap(metric -> cvss(metric.cvssData()))
        .findFirst();
  }

  private static Stream<Cvss> cvss(Data data) {
    boolean valid =
        data != null
            && data.vectorString() != null
            && data.baseScore() >= 0
            && data.baseScore() <= 10;
    return valid ? Stream.of(new Cvss(data.vectorString(), data.baseScore())) : Stream.empty();
  }

  private String description() {
    return descriptions.stream()
        .filter(description -> description.lang().equals("en"))
        .map(Description::value)
        .findFirst()
        .orElse("");
  }
}
