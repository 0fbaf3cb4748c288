package dev.berth.core.scan.index;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file of a generation.
 *
 * @param name lower-case letters, digits, dots and hyphens: {@code debian-12}, {@code cves-2024}
 * @param entries rows of a release, or vulnerabilities
 * @param size in bytes
 * @param feeds the names of those whose advisories are in it
 */
public record IndexFile(String name, Kind kind, long entries, long size, List<String> feeds) {

  private static final Pattern CVE = Pattern.compile("CVE-(\\d{4})-.*");

  /** What it holds. */
  public enum Kind {
    RELEASE,
    CVES
  }

  public IndexFile {
    feeds = List.copyOf(feeds);
  }

  /**
   * The name of the file that a vulnerability is in, if something is known of it: there is one for
   * each year, so that a scan reads those that it needs.
   */
  public static String cvesWith(String vulnerability) {
    Matcher cve = CVE.matcher(vulnerability);
    return "cves-" + (cve.matches() ? cve.group(1) : "others");
  }
}
