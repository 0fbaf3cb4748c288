package dev.berth.core.scan.match;

import dev.berth.core.scan.InstalledPackage;
import dev.berth.core.scan.distribution.Distribution;
import dev.berth.core.scan.distribution.KnownPackage;
import dev.berth.core.scan.index.AffectedPackage;
import dev.berth.core.scan.index.AffectedVersions;
import dev.berth.core.scan.index.CveDetails;
import dev.berth.core.scan.index.CveSource;
import dev.berth.core.scan.index.ReleaseIndex;
import dev.berth.core.scan.version.VersionOrder;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds what is vulnerable among the packages of an image. A vulnerability is found once for each
 * package that the distribution's feed knows: of several packages that are built from one source,
 * which is what the feed names, there is one finding.
 */
public final class ImageMatcher {

  /** The most of one image: ten times what a large one has that nobody updated for years. */
  public static final int MOST_FINDINGS = 50_000;

  /** What is found, before it is known what it is. */
  private record Match(String cve, KnownPackage subject) {}

  private final Distribution distribution;
  private final ReleaseIndex index;
  private final CveSource cves;
  private final Comparator<String> order;

  /**
   * @param index of a release of the distribution
   */
  public ImageMatcher(Distribution distribution, ReleaseIndex index, CveSource cves) {
    this.distribution = distribution;
    this.index = index;
    this.cves = cves;
    order = VersionOrder.of(distribution.format());
  }

  /**
   * @throws TooManyFindingsException if there are more than {@link #MOST_FINDINGS}
   */
  public Findings match(Collection<InstalledPackage> installed) {
    Map<Match, AffectedPackage> matches = new HashMap<>();
    installed.forEach(it -> match(it, matches));
    // in the order of the vulnerabilities: what is known of those of one year is kept together
    return new Findings(
        matches.entrySet().stream()
            .sorted(Comparator.comparing(match -> match.getKey().cve()))
            .map(match -> finding(match.getKey(), match.getValue()))
            .toList());
  }

  private void match(InstalledPackage installed, Map<Match, AffectedPackage> matches) {
    KnownPackage subject = distribution.known(installed);
    Applicability applicability = new Applicability(installed, distribution.flavour(installed));
    List<AffectedPackage> rows =
        index.find(subject.name()).stream().filter(applicability::concerns).toList();
    Set<String> denied = denied(rows);
    for (AffectedPackage row : rows) {
      if (row.versions().contains(subject.version(), order)) {
        row.advisory().cves().stream()
            .filter(cve -> !denied.contains(cve))
            .forEach(cve -> matches.merge(new Match(cve, subject), row, this::later));
      }
    }
    if (matches.size() > MOST_FINDINGS) {
      throw new TooManyFindingsException(MOST_FINDINGS);
    }
  }

  /** What the distribution says that the package does not have, whatever another row says. */
  private static Set<String> denied(List<AffectedPackage> rows) {
    return rows.stream()
        .filter(row -> row.versions().extent() == AffectedVersions.Extent.NONE)
        .flatMap(row -> row.advisory().cves().stream())
        .collect(Collectors.toSet());
  }

  /** The one with the later fix: an advisory may turn out not to have fixed all. */
  private AffectedPackage later(AffectedPackage one, AffectedPackage other) {
    if (one.versions().fixed().isEmpty() || other.versions().fixed().isEmpty()) {
      return one.versions().fixed().isEmpty() ? other : one;
    }
    return order.compare(one.versions().bound(), other.versions().bound()) < 0 ? other : one;
  }

  private Finding finding(Match match, AffectedPackage row) {
    CveDetails details = cves.find(match.cve()).orElseGet(() -> CveDetails.unknown(match.cve()));
    return new Finding(
        details,
        row.advisory().severity().orElse(details.severity()),
        row.advisory().uri(),
        match.subject(),
        row.versions().fixed());
  }
}
