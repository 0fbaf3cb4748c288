package dev.berth.core.scan.feed.osv;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.berth.core.scan.feed.Absent;
import dev.berth.core.scan.index.AffectedVersions;
import java.util.List;

/**
 * A package that a record of OSV is about.
 *
 * @param ranges of its versions
 */
public record OsvAffected(
    @JsonProperty("package") OsvPackage subject,
    List<OsvRange> ranges,
    @JsonProperty("ecosystem_specific") Specific specific) {

  /** Which package of which ecosystem, release included: {@code Debian:12}. */
  public record OsvPackage(String ecosystem, String name) {
    public OsvPackage {
      ecosystem = Absent.text(ecosystem);
      name = Absent.text(name);
    }
  }

  /**
   * What one ecosystem alone says.
   *
   * @param urgency Debian's
   */
  public record Specific(String urgency) {
    public Specific {
      urgency = Absent.text(urgency);
    }
  }

  public OsvAffected {
    subject = subject == null ? new OsvPackage("", "") : subject;
    ranges = Absent.list(ranges);
    specific = specific == null ? new Specific("") : specific;
  }

  /** All that its ranges speak of. */
  List<AffectedVersions> versions() {
    return ranges.stream().flatMap(range -> range.versions().stream()).toList();
  }
}
