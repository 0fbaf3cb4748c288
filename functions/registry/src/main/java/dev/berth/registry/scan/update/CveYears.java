package dev.berth.registry.scan.update;

import dev.berth.core.scan.feed.nvd.NvdFeed;
import dev.berth.core.scan.index.IndexFile;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Which feed of NVD has the vulnerabilities of which file. */
final class CveYears {

  private static final int FIRST = 2002;

  /** No name of a CVE is of a later year than this. */
  private static final int LAST = 2099;

  private static final Pattern FILE = Pattern.compile("cves-(\\d{4})");

  private CveYears() {}

  /** Of all feeds that there may be. */
  static Stream<Integer> all() {
    return IntStream.rangeClosed(FIRST, LAST).boxed();
  }

  /**
   * The feed with those of a file; empty for vulnerabilities that are no CVEs.
   *
   * @param thisYear the last one that has a feed
   */
  static Optional<NvdFeed> feedOf(String file, int thisYear) {
    Matcher year = FILE.matcher(file);
    return year.matches()
        ? Optional.of(Math.max(FIRST, Integer.parseInt(year.group(1))))
            .filter(it -> it <= thisYear)
            .map(NvdFeed::ofYear)
        : Optional.empty();
  }

  static String fileOf(String vulnerability) {
    return IndexFile.cvesWith(vulnerability);
  }
}
