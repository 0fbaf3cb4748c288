package dev.berth.registry.image;

import dev.berth.core.scan.SeverityCounts;
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
  private static final String FOLLOW_UPS = "scanFollowUps";
  private static final String DUE_AT = "scanDueAt";
  private static final String UNCOUNTED = "scanUncounted";
  private static final String COMPLETED_AT = "scanCompletedAt";
  private static final String SOURCE_UPDATED_AT = "scanSourceUpdatedAt";
  private static final String COUNTS = "scanCounts";
  private static final String FINDINGS = "scanFindings";

  private ScanAttributes() {}

  /** Of an image that is new, and so its scan is. */
  static void write(Scan scan, Item.Builder item) {
    item.text(STATUS, scan.status().name())
        .text(DESCRIPTION, scan.description())
        .number(REQUESTED_AT, scan.requestedAt().toEpochMilli());
  }

  static void write(Scan scan, UpdateBuilder update) {
    update
        .set(STATUS, scan.status().name())
        .set(REQUESTED_AT, scan.requestedAt().toEpochMilli())
        .set(FOLLOW_UPS, scan.followUps())
        .set(DUE_AT, scan.dueAt().toEpochMilli())
        .set(UNCOUNTED, scan.isCounted() ? 0 : 1);
    scan.description()
        .ifPresentOrElse(text -> update.set(DESCRIPTION, text), () -> update.remove(DESCRIPTION));
    scan.result().ifPresent(result -> write(result, update));
  }

  private static void write(ScanResult result, UpdateBuilder update) {
    update
        .set(COMPLETED_AT, result.completedAt().toEpochMilli())
        .set(COUNTS, result.counts().text())
        .set(FINDINGS, result.objectKey());
    result
        .sourceUpdatedAt()
        .ifPresentOrElse(
            at -> update.set(SOURCE_UPDATED_AT, at.toEpochMilli()),
            () -> update.remove(SOURCE_UPDATED_AT));
  }

  static Optional<Scan> read(Item item) {
    return item.optionalText(STATUS).map(status -> read(Status.valueOf(status), item));
  }

  private static Scan read(Status status, Item item) {
    Instant requestedAt = Instant.ofEpochMilli(item.number(REQUESTED_AT));
    return new Scan(
        status,
        item.optionalText(DESCRIPTION),
        requestedAt,
        (int) item.optionalNumber(FOLLOW_UPS).orElse(0),
        item.optionalNumber(DUE_AT).stream()
            .mapToObj(Instant::ofEpochMilli)
            .findFirst()
            .orElseGet(() -> Scan.firstDue(requestedAt)),
        item.optionalNumber(UNCOUNTED).orElse(0) == 0,
        result(item));
  }

  private static Optional<ScanResult> result(Item item) {
    return findings(item)
        .map(
            key ->
                new ScanResult(
                    Instant.ofEpochMilli(item.number(COMPLETED_AT)),
                    item.optionalNumber(SOURCE_UPDATED_AT).stream()
                        .mapToObj(Instant::ofEpochMilli)
                        .findFirst(),
                    SeverityCounts.parse(item.text(COUNTS)),
                    key));
  }

  /** The object that an image's findings are in. */
  static Optional<String> findings(Item item) {
    return item.optionalText(FINDINGS);
  }

  /** That nobody has asked for a scan, or gone on with the last one, since the image was read. */
  static Condition isAsRead(Optional<Scan> scan) {
    return scan.map(ScanAttributes::isAsRead).orElseGet(() -> Condition.lacks(REQUESTED_AT));
  }

  private static Condition isAsRead(Scan scan) {
    return Condition.all(
        Condition.equal(REQUESTED_AT, scan.requestedAt().toEpochMilli()),
        Condition.equal(STATUS, scan.status().name()),
        // it only grows, and is not there in the beginning
        Condition.below(FOLLOW_UPS, scan.followUps() + 1L));
  }
}
