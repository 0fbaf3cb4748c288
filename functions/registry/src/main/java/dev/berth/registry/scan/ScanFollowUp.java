package dev.berth.registry.scan;

import dev.berth.registry.RegistryException.ImageNotFound;
import dev.berth.registry.RegistryException.RepositoryNotFound;
import dev.berth.registry.image.OpenScans;
import dev.berth.registry.image.OpenScans.Overdue;
import dev.berth.registry.image.Scan;
import dev.berth.registry.image.ScanRecords;
import dev.berth.registry.image.ScanRecords.Scanned;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * Takes up the scans on which nobody works any more, as a crash or a queue that was lost leaves
 * them: asks for them again, or says that they have failed where that was done often enough. It may
 * be stopped anywhere and run by several at once.
 */
public final class ScanFollowUp {

  private final OpenScans open;
  private final ScanRecords records;
  private final ScanRequests requests;
  private final Clock clock;

  public ScanFollowUp(OpenScans open, ScanRecords records, ScanRequests requests, Clock clock) {
    this.open = open;
    this.records = records;
    this.requests = requests;
    this.clock = clock;
  }

  public void run() {
    for (List<Overdue> some = open.overdue(); !some.isEmpty(); some = open.overdue()) {
      some.forEach(this::follow);
    }
  }

  private void follow(Overdue overdue) {
    if (overdue.isHopeless()) {
      fail(overdue);
    } else if (open.takeUp(overdue)) {
      requests.ask(
          new ScanTarget(overdue.account(), overdue.repository(), overdue.image().digest()));
    }
  }

  private void fail(Overdue overdue) {
    try {
      Scanned scanned =
          records.find(overdue.account(), overdue.repository(), overdue.image().digest());
      Scan scan = overdue.scan();
      if (scanned.image().scan().filter(scan::equals).isPresent()) {
        String reason =
            "The scan was begun %d times, and came to nothing.".formatted(scan.followUps());
        records.end(
            scanned, scan.failed(reason, false), clock.instant().truncatedTo(ChronoUnit.MILLIS));
      }
    } catch (ImageNotFound | RepositoryNotFound e) {
      open.drop(overdue);
    }
  }
}
