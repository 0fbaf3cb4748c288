package dev.berth.core.scan.distribution.redhat;

import dev.berth.core.scan.Severity;
import dev.berth.core.scan.cvss.Ratings;
import dev.berth.core.scan.distribution.Distribution;
import dev.berth.core.scan.feed.CveNames;
import dev.berth.core.scan.feed.Modules;
import dev.berth.core.scan.feed.SeverityWords;
import dev.berth.core.scan.feed.osv.OsvAffected;
import dev.berth.core.scan.feed.osv.OsvRecord;
import dev.berth.core.scan.feed.osv.OsvRules;
import dev.berth.core.scan.index.AffectedVersions;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * RHSA records. Their ecosystems are products, as CPE names them: what is fixed for those who pay
 * for a minor release ({@code rhel_aus:8.6}) is versioned apart and does not count.
 */
record RedHatRules(Distribution rhel) implements OsvRules {

  private static final Pattern ECOSYSTEM =
      Pattern.compile("Red Hat:(?:cpe:/[ao]:redhat:)?enterprise_linux:(\\d+)(?:[.:].*)?");

  /** What an advisory links to where its severity is explained. */
  private static final Pattern CLASSIFICATION =
      Pattern.compile("https://access\\.redhat\\.com/security/updates/classification/?#(\\w+)");

  @Override
  public List<String> vulnerabilities(OsvRecord record) {
    return CveNames.among(Stream.concat(record.upstream().stream(), record.related().stream()));
  }

  @Override
  public Optional<String> index(String ecosystem) {
    Matcher matcher = ECOSYSTEM.matcher(ecosystem);
    return matcher.matches() && rhel.releases().contain(matcher.group(1))
        ? Optional.of(rhel.index(matcher.group(1)))
        : Optional.empty();
  }

  /** Red Hat's rating of the whole advisory, else that of the score that it gives it. */
  @Override
  public Severity severity(OsvRecord record, OsvAffected affected) {
    Severity rated =
        record.references().stream()
            .map(reference -> CLASSIFICATION.matcher(reference.url()))
            .filter(Matcher::matches)
            .map(matcher -> SeverityWords.severity(matcher.group(1)))
            .findFirst()
            .orElse(Severity.UNDEFINED);
    return rated.orElse(record.cvss3().map(Ratings::ofVersion3).orElse(Severity.UNDEFINED));
  }

  @Override
  public String uri(OsvRecord record, String ecosystem) {
    return "https://access.redhat.com/errata/" + record.id();
  }

  @Override
  public String modules(OsvRecord record, AffectedVersions versions) {
    return Modules.of(record.summary(), versions.bound());
  }
}
