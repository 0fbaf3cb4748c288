package dev.berth.core.scan.match;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.berth.core.scan.InstalledPackage;
import dev.berth.core.scan.OperatingSystem;
import dev.berth.core.scan.catalog.Distributions;
import dev.berth.core.scan.catalog.SupportedRelease;
import dev.berth.core.scan.feed.Feed;
import dev.berth.core.scan.feed.GenerationBuilder;
import dev.berth.core.scan.feed.Zips;
import dev.berth.core.scan.index.CveIndex;
import dev.berth.core.scan.index.CveSource;
import dev.berth.core.scan.index.IndexFile;
import dev.berth.core.scan.index.ReleaseIndex;
import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/** The whole way from feeds to findings, for tests. */
public final class Scanner {

  private static final Instant NOW = Instant.parse("2026-11-25T00:00:00Z");

  private final GenerationBuilder builder = new GenerationBuilder(NOW);

  /** Reads a feed of text: XML, or the document of a secdb. */
  public Scanner feed(String name, String text) {
    return feed(named(name), text.getBytes(UTF_8));
  }

  /** Reads an export of OSV with these records. */
  public Scanner osv(String name, String... records) {
    return feed(named(name), Zips.of(records));
  }

  public Scanner feed(Feed feed, byte[] bytes) {
    builder.read(feed, NOW, new ByteArrayInputStream(bytes));
    return this;
  }

  private static Feed named(String name) {
    return Distributions.feeds().stream()
        .filter(feed -> feed.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** The findings of an image of a system, with names, as {@code CVE-2024-1000 zlib 1.2}. */
  public List<String> names(OperatingSystem system, InstalledPackage... installed) {
    return scan(system, installed).all().stream()
        .map(it -> it.name() + " " + it.subject().name() + " " + it.subject().version())
        .toList();
  }

  /** On a day on which all releases of the tests are supported. */
  public Findings scan(OperatingSystem system, InstalledPackage... installed) {
    SupportedRelease release = Distributions.require(system, LocalDate.of(2023, 1, 1));
    var result = builder.build();
    List<CveIndex> cves =
        result.generation().cveFiles().stream()
            .map(IndexFile::name)
            .map(name -> CveIndex.read(result.files().get(name)))
            .toList();
    ReleaseIndex index = ReleaseIndex.read(result.files().get(release.index()));
    return new ImageMatcher(release.distribution(), index, CveSource.of(cves))
        .match(List.of(installed));
  }
}
