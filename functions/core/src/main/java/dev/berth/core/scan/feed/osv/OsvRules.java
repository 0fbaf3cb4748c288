package dev.berth.core.scan.feed.osv;

import dev.berth.core.scan.Severity;
import dev.berth.core.scan.index.AffectedVersions;
import java.util.List;
import java.util.Optional;

/** What of an export of OSV counts for a distribution, and how it is to be understood. */
public interface OsvRules {

  /**
   * The vulnerabilities that a record is about; none if it does not count, as another record of the
   * same export says the same, or as it is about none.
   */
  List<String> vulnerabilities(OsvRecord record);

  /** The index of the release that an ecosystem stands for; empty if it is of no use. */
  Optional<String> index(String ecosystem);

  /** The distribution's own word. */
  Severity severity(OsvRecord record, OsvAffected affected);

  /** Where the distribution tells of it. */
  String uri(OsvRecord record, String ecosystem);

  /** The modules that these versions are built in: see {@code AffectedPackage}. */
  default String modules(OsvRecord record, AffectedVersions versions) {
    return "";
  }
}
