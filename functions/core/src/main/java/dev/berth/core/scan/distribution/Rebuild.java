package dev.berth.core.scan.distribution;

import dev.berth.core.scan.Severity;
import dev.berth.core.scan.feed.CveNames;
import dev.berth.core.scan.feed.Modules;
import dev.berth.core.scan.feed.SeverityWords;
import dev.berth.core.scan.feed.osv.OsvAffected;
import dev.berth.core.scan.feed.osv.OsvRecord;
import dev.berth.core.scan.feed.osv.OsvRules;
import dev.berth.core.scan.index.AffectedVersions;
import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.stream.Stream;

/**
 * The records of a distribution that is built from Red Hat's sources and publishes advisories of
 * its own, whose title begins with Red Hat's word for the severity: {@code Moderate: pixman
 * security update}.
 *
 * @param ecosystem with the colon before the release: {@code AlmaLinux:}
 * @param security what the ids of its security advisories begin with; others count where they name
 *     a CVE
 * @param uri where an advisory is told of, by its id and the release
 */
public record Rebuild(
    Distribution distribution, String ecosystem, String security, BinaryOperator<String> uri)
    implements OsvRules {

  @Override
  public List<String> vulnerabilities(OsvRecord record) {
    List<String> cves =
        CveNames.among(Stream.concat(record.upstream().stream(), record.related().stream()));
    return cves.isEmpty() && record.id().startsWith(security) ? List.of(record.id()) : cves;
  }

  @Override
  public Optional<String> index(String ofRelease) {
    return Optional.of(ofRelease)
        .filter(it -> it.startsWith(ecosystem))
        .map(this::release)
        .filter(distribution.releases()::contain)
        .map(distribution::index);
  }

  private String release(String ofRelease) {
    return ofRelease.substring(ecosystem.length());
  }

  @Override
  public Severity severity(OsvRecord record, OsvAffected affected) {
    int colon = record.summary().indexOf(':');
    return SeverityWords.severity(record.summary().substring(0, Math.max(colon, 0)));
  }

  @Override
  public String uri(OsvRecord record, String ofRelease) {
    return uri.apply(record.id(), release(ofRelease));
  }

  @Override
  public String modules(OsvRecord record, AffectedVersions versions) {
    return Modules.of(record.summary(), versions.bound());
  }
}
