package dev.berth.core.scan.distribution.debian;

import dev.berth.core.scan.Severity;
import dev.berth.core.scan.distribution.Distribution;
import dev.berth.core.scan.feed.CveNames;
import dev.berth.core.scan.feed.osv.OsvAffected;
import dev.berth.core.scan.feed.osv.OsvRecord;
import dev.berth.core.scan.feed.osv.OsvRules;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * OSV has what the security tracker says as DEBIAN-CVE records. The DSA and DLA beside them say the
 * same once more, without the urgency, so they do not count.
 */
record DebianRules(Distribution debian) implements OsvRules {

  private static final String RECORDS = "DEBIAN-";
  private static final String ECOSYSTEM = "Debian:";

  @Override
  public List<String> vulnerabilities(OsvRecord record) {
    return record.id().startsWith(RECORDS)
        ? CveNames.among(Stream.of(record.id().substring(RECORDS.length())))
        : List.of();
  }

  @Override
  public Optional<String> index(String ecosystem) {
    return Optional.of(ecosystem)
        .filter(it -> it.startsWith(ECOSYSTEM))
        .map(it -> it.substring(ECOSYSTEM.length()))
        .filter(debian.releases()::contain)
        .map(debian::index);
  }

  /** The tracker's urgency; most are not yet assigned, and end-of-life says nothing of how bad. */
  @Override
  public Severity severity(OsvRecord record, OsvAffected affected) {
    return switch (affected.specific().urgency()) {
      case "high" -> Severity.HIGH;
      case "medium" -> Severity.MEDIUM;
      case "low" -> Severity.LOW;
      case "unimportant" -> Severity.INFORMATIONAL;
      default -> Severity.UNDEFINED;
    };
  }

  @Override
  public String uri(OsvRecord record, String ecosystem) {
    return "https://security-tracker.debian.org/tracker/" + record.id().substring(RECORDS.length());
  }
}
