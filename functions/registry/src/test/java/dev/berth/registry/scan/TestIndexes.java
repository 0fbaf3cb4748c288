package dev.berth.registry.scan;

import dev.berth.core.scan.Severity;
import dev.berth.core.scan.cvss.Cvss;
import dev.berth.core.scan.index.Advisory;
import dev.berth.core.scan.index.AffectedPackage;
import dev.berth.core.scan.index.AffectedVersions;
import dev.berth.core.scan.index.Capacity;
import dev.berth.core.scan.index.CveDetails;
import dev.berth.core.scan.index.CveIndexBuilder;
import dev.berth.core.scan.index.FeedState;
import dev.berth.core.scan.index.Generation;
import dev.berth.core.scan.index.IndexFile;
import dev.berth.core.scan.index.ReleaseIndexBuilder;
import dev.berth.registry.scan.generation.Generations;
import dev.berth.registry.store.Objects;
import dev.berth.registry.store.Table;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Indexes that tests write by hand, and put in force. */
public final class TestIndexes {

  public static final Instant UPDATED_AT = Instant.parse("2025-12-31T12:00:00Z");

  /** What is known of CVE-2024-1, the only one of which anything is. */
  static final CveDetails KNOWN =
      new CveDetails(
          "CVE-2024-1",
          Optional.of(new Cvss("AV:N/AC:L/Au:N/C:P/I:P/A:P", 7.5)),
          Optional.of(new Cvss("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", 9.8)),
          "It overflows.");

  private TestIndexes() {}

  /** A package of a release that is vulnerable before a version. */
  public static AffectedPackage fixed(String name, String version, String cve, Severity severity) {
    var advisory = new Advisory(cve, List.of(cve), severity, "https://example.com/" + cve);
    return AffectedPackage.of(name, AffectedVersions.before("", version), advisory);
  }

  /**
   * Puts an index of Debian 12 in force: zlib before 1.3 has CVE-2024-1, which is critical by its
   * score, and CVE-2024-2, which is low; bash before 6 has CVE-2024-3, of which nothing is known.
   */
  public static void inForce(Table table, Objects objects, Clock clock) {
    inForce(
        table,
        objects,
        clock,
        fixed("zlib", "1.3", "CVE-2024-1", Severity.UNDEFINED),
        fixed("zlib", "1.3", "CVE-2024-2", Severity.LOW),
        fixed("bash", "6", "CVE-2024-3", Severity.UNDEFINED));
  }

  /** Puts an index of Debian 12 in force. */
  public static void inForce(Table table, Objects objects, Clock clock, AffectedPackage... rows) {
    var release = new ReleaseIndexBuilder(new Capacity());
    List.of(rows).forEach(release::add);
    var cves = new CveIndexBuilder(new Capacity());
    cves.add(KNOWN);
    byte[] releaseBytes = release.build();
    byte[] cveBytes = cves.build();
    var next = new Generations(table, objects, clock).begin();
    next.put("debian-12", releaseBytes);
    next.put("cves-2024", cveBytes);
    var feeds = List.of(new FeedState("debian", clock.instant(), UPDATED_AT, rows.length));
    var files =
        List.of(
            new IndexFile(
                "debian-12",
                IndexFile.Kind.RELEASE,
                rows.length,
                releaseBytes.length,
                List.of("debian")),
            new IndexFile("cves-2024", IndexFile.Kind.CVES, 1, cveBytes.length, List.of()));
    if (!next.commit(new Generation(clock.instant(), feeds, files))) {
      throw new IllegalStateException("another generation is in force");
    }
  }
}
