package dev.berth.registry.image;

import dev.berth.registry.image.Scan.Status;
import dev.berth.registry.store.Action.UpdateBuilder;
import dev.berth.registry.store.Condition;
import dev.berth.registry.store.Item;
import java.time.Instant;
import java.util.Optional;

/** How a scan is written down: attributes of its image's item. */
final class ScanAttributes {

  private static final String STATUS = "scanStatus";
  private static final String DESCRIPTION = "scanDescription";
  private static final String REQUESTED_AT = "scanRequestedAt";

  private ScanAttributes() {}

  static void write(Scan scan, Item.Builder item) {
    item.text(STATUS, scan.status().name())
        .text(DESCRIPTION, scan.description())
        .number(REQUESTED_AT, scan.requestedAt().toEpochMilli());
  }

  static void write(Scan scan, UpdateBuilder update) {
    update.set(STATUS, scan.status().name()).set(REQUESTED_AT, scan.requestedAt().toEpochMilli());
    scan.description()
        .ifPresentOrElse(text -> update.set(DESCRIPTION, text), () -> update.remove(DESCRIPTION));
  }

  static Optional<Scan> read(Item item) {
    return item.optionalText(STATUS)
        .map(
            status ->
                new Scan(
                    Status.valueOf(status),
                    item.optionalText(DESCRIPTION),
                    Instant.ofEpochMilli(item.number(REQUESTED_AT))));
  }

  /** That nobody has asked for a scan since the image was read. */
  static Condition isAsRead(Optional<Scan> scan) {
    return scan.map(last -> Condition.equal(REQUESTED_AT, last.requestedAt().toEpochMilli()))
        .orElseGet(() -> Condition.lacks(REQUESTED_AT));
  }
}
