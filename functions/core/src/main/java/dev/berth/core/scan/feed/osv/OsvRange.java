package dev.berth.core.scan.feed.osv;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.berth.core.scan.feed.Absent;
import dev.berth.core.scan.index.AffectedVersions;
import java.util.ArrayList;
import java.util.List;

/**
 * Versions between events, which come in the order of the versions.
 *
 * @param type ECOSYSTEM for versions of packages
 */
public record OsvRange(String type, List<Event> events) {

  /** One of these is there, the others are empty. */
  public record Event(
      String introduced, String fixed, @JsonProperty("last_affected") String lastAffected) {
    public Event {
      introduced = Absent.text(introduced);
      fixed = Absent.text(fixed);
      lastAffected = Absent.text(lastAffected);
    }
  }

  public OsvRange {
    type = Absent.text(type);
    events = Absent.list(events);
  }

  List<AffectedVersions> versions() {
    return type.equals("ECOSYSTEM") ? between() : List.of();
  }

  private List<AffectedVersions> between() {
    List<AffectedVersions> versions = new ArrayList<>();
    boolean open = false;
    String introduced = "";
    for (Event event : events) {
      if (!event.introduced().isEmpty()) {
        open = true;
        introduced = event.introduced().equals("0") ? "" : event.introduced();
      } else if (open && !event.fixed().isEmpty()) {
        open = false;
        versions.add(fixed(introduced, event.fixed()));
      } else if (open && !event.lastAffected().isEmpty()) {
        open = false;
        versions.add(AffectedVersions.upTo(introduced, event.lastAffected()));
      }
    }
    if (open) {
      versions.add(AffectedVersions.from(introduced));
    }
    return versions;
  }

  /** No version is before 0, so what is fixed in 0 was never vulnerable. */
  private static AffectedVersions fixed(String introduced, String fixed) {
    return fixed.equals("0") ? AffectedVersions.none() : AffectedVersions.before(introduced, fixed);
  }
}
