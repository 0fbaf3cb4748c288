package dev.berth.core.scan.index;

import java.util.List;

/**
 * A file of a generation.
 *
 * @param name lower-case letters, digits, dots and hyphens: {@code debian-12}, {@code cves-2024}
 * @param entries rows of a release, or vulnerabilities
 * @param size in bytes
 * @param feeds the names of those whose advisories are in it
 */
public record IndexFile(String name, Kind kind, long entries, long size, List<String> feeds) {

  /** What it holds. */
  public enum Kind {
    RELEASE,
    CVES
  }

  public IndexFile {
    feeds = List.copyOf(feeds);
  }
}
