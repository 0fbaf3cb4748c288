package dev.berth.lambda.wiring;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.registry.scan.ImageScans;
import dev.berth.registry.scan.ScanFollowUp;
import dev.berth.registry.scan.ScanRequests;
import dev.berth.registry.scan.ScanTarget;
import java.time.Clock;

/** What scans images. */
final class ScanFunctions {

  private final ImageScans scans;
  private final ScanRequests requests;
  private final ScanFollowUp followUp;

  ScanFunctions(ImageScans scans, ScanRequests requests, Clock clock) {
    this.scans = scans;
    this.requests = requests;
    this.followUp = new ScanFollowUp(scans.open(), scans.records(), requests, clock);
  }

  /**
   * Scans an image, or goes on with that.
   *
   * @param event of a push, a replication or a request
   */
  void scan(JsonNode event) {
    ScanTarget target = requests.read(event);
    if (!scans.scanning().run(target)) {
      requests.ask(target);
    }
  }

  /** Takes up what is left; to be run now and then. */
  void followUp() {
    followUp.run();
  }
}
