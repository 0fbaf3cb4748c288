package dev.berth.core.scan.feed.osv;

import dev.berth.core.scan.Severity;
import dev.berth.core.scan.cvss.Cvss;
import dev.berth.core.scan.feed.FeedLimits;
import dev.berth.core.scan.feed.FeedTarget;
import dev.berth.core.scan.feed.FeedTime;
import dev.berth.core.scan.index.Advisory;
import dev.berth.core.scan.index.AffectedPackage;
import dev.berth.core.scan.index.AffectedVersions;
import dev.berth.core.scan.index.CveDetails;
import java.util.List;
import java.util.Optional;

/** Turns records of OSV into rows. */
record OsvImport(OsvRules rules, FeedTarget target) {

  /** What Ubuntu writes where it has no description. */
  private static final String NO_DETAILS = "[Unknown description]";

  /**
   * @return how many rows it became
   */
  long take(OsvRecord record) {
    FeedTime.parse(record.modified()).ifPresent(target::updatedAt);
    if (!record.withdrawn().isEmpty()) {
      return 0;
    }
    List<String> names = FeedLimits.vulnerabilities(rules.vulnerabilities(record), record.id());
    return names.isEmpty() ? 0 : take(record, names);
  }

  private long take(OsvRecord record, List<String> names) {
    long rows = 0;
    Optional<Advisory> last = Optional.empty();
    for (OsvAffected affected : record.affected()) {
      Optional<String> index = rules.index(affected.subject().ecosystem());
      if (index.isPresent()) {
        Advisory advisory = advisory(record, names, affected, last);
        last = Optional.of(advisory);
        rows += take(record, advisory, affected, index.get());
      }
    }
    if (rows > 0 && names.size() == 1) {
      // of several vulnerabilities, nobody says which the score and the text are about
      target.details(details(names.getFirst(), record));
    }
    return rows;
  }

  /** The last one, if it says the same of this package. */
  private Advisory advisory(
      OsvRecord record, List<String> names, OsvAffected affected, Optional<Advisory> last) {
    Severity severity = rules.severity(record, affected);
    String uri = rules.uri(record, affected.subject().ecosystem());
    return last.filter(it -> it.severity() == severity && it.uri().equals(uri))
        .orElseGet(() -> new Advisory(record.id(), names, severity, uri));
  }

  private long take(OsvRecord record, Advisory advisory, OsvAffected affected, String index) {
    String name = FeedLimits.name(affected.subject().name(), record.id());
    List<AffectedVersions> all = affected.versions();
    for (AffectedVersions versions : all) {
      String modules = rules.modules(record, versions);
      target.affected(index, new AffectedPackage(name, versions, "", modules, "", advisory));
    }
    return all.size();
  }

  private static CveDetails details(String name, OsvRecord record) {
    Optional<Cvss> cvss3 = record.cvss3();
    String description = record.details().equals(NO_DETAILS) ? "" : record.details();
    return new CveDetails(name, Optional.empty(), cvss3, description);
  }
}
