package dev.berth.core.scan.distribution.ubuntu;

import dev.berth.core.scan.Severity;
import dev.berth.core.scan.distribution.Distribution;
import dev.berth.core.scan.feed.CveNames;
import dev.berth.core.scan.feed.osv.OsvAffected;
import dev.berth.core.scan.feed.osv.OsvRecord;
import dev.berth.core.scan.feed.osv.OsvRules;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * UBUNTU-CVE records; USN say the same once more. What is fixed for subscribers of Ubuntu Pro is of
 * ecosystems of its own, {@code Ubuntu:Pro:22.04:LTS}, which do not count: their versions cannot be
 * installed by everybody, and are compared with others.
 */
record UbuntuRules(Distribution ubuntu) implements OsvRules {

  private static final String RECORDS = "UBUNTU-";
  private static final Pattern ECOSYSTEM = Pattern.compile("Ubuntu:(\\d\\d\\.\\d\\d)(?::LTS)?");

  @Override
  public List<String> vulnerabilities(OsvRecord record) {
    return record.id().startsWith(RECORDS)
        ? CveNames.among(Stream.of(record.id().substring(RECORDS.length())))
        : List.of();
  }

  @Override
  public Optional<String> index(String ecosystem) {
    Matcher matcher = ECOSYSTEM.matcher(ecosystem);
    return matcher.matches() && ubuntu.releases().contain(matcher.group(1))
        ? Optional.of(ubuntu.index(matcher.group(1)))
        : Optional.empty();
  }

  /** The priority (Ubuntu, "CVE priority"); untriaged is none. */
  @Override
  public Severity severity(OsvRecord record, OsvAffected affected) {
    return switch (record.score("Ubuntu").orElse("")) {
      case "critical" -> Severity.CRITICAL;
      case "high" -> Severity.HIGH;
      case "medium" -> Severity.MEDIUM;
      case "low" -> Severity.LOW;
      case "negligible" -> Severity.INFORMATIONAL;
      default -> Severity.UNDEFINED;
    };
  }

  @Override
  public String uri(OsvRecord record, String ecosystem) {
    return "https://ubuntu.com/security/" + record.id().substring(RECORDS.length());
  }
}
