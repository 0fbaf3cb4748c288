package dev.berth.core.scan.cvss;

import dev.berth.core.scan.Severity;

/** The severities of scores (NVD, "Vulnerability Metrics": Severity Ratings). */
public final class Ratings {

  private Ratings() {}

  /** Of a score of version 2. */
  public static Severity ofVersion2(Cvss cvss) {
    if (cvss.score() >= 7) {
      return Severity.HIGH;
    }
    return cvss.score() >= 4 ? Severity.MEDIUM : Severity.LOW;
  }

  /** Of a score of version 3; what NVD calls "None", a score of 0, is informational. */
  public static Severity ofVersion3(Cvss cvss) {
    if (cvss.score() >= 9) {
      return Severity.CRITICAL;
    }
    if (cvss.score() >= 7) {
      return Severity.HIGH;
    }
    if (cvss.score() >= 4) {
      return Severity.MEDIUM;
    }
    return cvss.score() > 0 ? Severity.LOW : Severity.INFORMATIONAL;
  }
}
