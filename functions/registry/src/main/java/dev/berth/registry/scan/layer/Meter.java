package dev.berth.registry.scan.layer;

import java.time.Clock;
import java.time.Instant;

/** Ends a reading that goes beyond the limits. */
final class Meter {

  private final LayerLimits limits;
  private final Clock clock;
  private final Instant deadline;
  private long bytes;
  private long entries;

  Meter(LayerLimits limits, Clock clock) {
    this(limits, clock, clock.instant().plus(limits.time()));
  }

  private Meter(LayerLimits limits, Clock clock, Instant deadline) {
    this.limits = limits;
    this.clock = clock;
    this.deadline = deadline;
  }

  /** Of a second reading, which has what is left of the time. */
  Meter again() {
    return new Meter(limits, clock, deadline);
  }

  void time() {
    if (clock.instant().isAfter(deadline)) {
      throw new LayerException(
          "it takes longer than %d seconds to read".formatted(limits.time().toSeconds()));
    }
  }

  void unpacked(int more) {
    time();
    bytes += more;
    if (bytes > limits.unpackedBytes()) {
      throw new LayerException(
          "it unpacks to more than %d bytes".formatted(limits.unpackedBytes()));
    }
  }

  void entry() {
    entries++;
    if (entries > limits.entries()) {
      throw new LayerException("it has more than %d entries".formatted(limits.entries()));
    }
  }

  /** Of a file that is to be in memory. */
  void file(String path, long length) {
    if (length > limits.fileBytes()) {
      throw new LayerException("%s has more than %d bytes".formatted(path, limits.fileBytes()));
    }
  }
}
