package dev.berth.core.scan.index;

import dev.berth.core.scan.Severity;
import dev.berth.core.scan.cvss.Cvss;
import dev.berth.core.scan.cvss.Ratings;
import java.util.Optional;

/**
 * What is known of a vulnerability whatever it is found in.
 *
 * @param description empty where nobody wrote one
 */
public record CveDetails(
    String cve, Optional<Cvss> cvss2, Optional<Cvss> cvss3, String description) {

  /** Of a description more is cut off, in characters. */
  public static final int MAX_DESCRIPTION = 4096;

  public CveDetails {
    if (description.length() > MAX_DESCRIPTION) {
      description = description.substring(0, MAX_DESCRIPTION);
    }
  }

  /** Nothing is known. */
  public static CveDetails unknown(String cve) {
    return new CveDetails(cve, Optional.empty(), Optional.empty(), "");
  }

  /** These, and where they say nothing, the others. */
  public CveDetails orElse(CveDetails others) {
    return new CveDetails(
        cve,
        cvss2.or(others::cvss2),
        cvss3.or(others::cvss3),
        description.isEmpty() ? others.description : description);
  }

  /** NVD's rating of the newest score there is. */
  public Severity severity() {
    return cvss3
        .map(Ratings::ofVersion3)
        .or(() -> cvss2.map(Ratings::ofVersion2))
        .orElse(Severity.UNDEFINED);
  }
}
