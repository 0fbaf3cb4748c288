package dev.berth.core.scan;

/**
 * How bad a vulnerability is, worst first (ECR API, FindingSeverity).
 *
 * <p>It is the distribution's own word if there is one, else the rating of the CVSS score (guide,
 * "Image scanning").
 */
public enum Severity {
  CRITICAL,
  HIGH,
  MEDIUM,
  LOW,
  INFORMATIONAL,
  /** Nobody assigned one, or one that is not known (guide, "Troubleshooting image scanning"). */
  UNDEFINED;

  /** This one, or the other if this is undefined. */
  public Severity orElse(Severity other) {
    return this == UNDEFINED ? other : this;
  }
}
