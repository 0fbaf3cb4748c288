package dev.berth.core.scan.feed.osv;

import dev.berth.core.scan.cvss.Cvss;
import dev.berth.core.scan.feed.Absent;
import java.util.List;
import java.util.Optional;

/**
 * A record of OSV, as far as it is read; what is absent is empty.
 *
 * @param withdrawn since when it does not hold any more
 * @param upstream of what it is the distribution's record
 * @param severity scores, and Ubuntu's priority
 */
public record OsvRecord(
    String id,
    String withdrawn,
    String modified,
    String summary,
    String details,
    List<String> upstream,
    List<String> related,
    List<Score> severity,
    List<OsvAffected> affected,
    List<Reference> references) {

  /** A score of a type: a vector of {@code CVSS_V3}, a word of {@code Ubuntu}. */
  public record Score(String type, String score) {
    public Score {
      type = Absent.text(type);
      score = Absent.text(score);
    }
  }

  /** Where to read on. */
  public record Reference(String type, String url) {
    public Reference {
      type = Absent.text(type);
      url = Absent.text(url);
    }
  }

  public OsvRecord {
    id = Absent.text(id);
    withdrawn = Absent.text(withdrawn);
    modified = Absent.text(modified);
    summary = Absent.text(summary);
    details = Absent.text(details);
    upstream = Absent.list(upstream);
    related = Absent.list(related);
    severity = Absent.list(severity);
    affected = Absent.list(affected);
    references = Absent.list(references);
  }

  /** The first score of a type. */
  public Optional<String> score(String type) {
    return severity.stream()
        .filter(score -> score.type().equals(type))
        .map(Score::score)
        .findFirst();
  }

  /** The score of CVSS 3, if there is one that is valid. */
  public Optional<Cvss> cvss3() {
    return score("CVSS_V3").flatMap(Cvss::ofVersion3);
  }
}
