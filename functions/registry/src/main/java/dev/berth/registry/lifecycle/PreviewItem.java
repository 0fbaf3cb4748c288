package dev.berth.registry.lifecycle;

import dev.berth.registry.lifecycle.Preview.Status;
import dev.berth.registry.store.Condition;
import dev.berth.registry.store.Item;
import dev.berth.registry.store.Keys;
import java.time.Instant;

/** How a preview is written down: the item under {@link Keys#previewOf}. */
final class PreviewItem {

  private static final String RUN = "run";
  private static final String TEXT = "text";
  private static final String STATUS = "status";
  private static final String STARTED_AT = "startedAt";
  private static final String EXPIRING = "expiring";
  private static final String PARTS = "parts";

  private PreviewItem() {}

  static Item write(Preview preview) {
    return Item.at(Keys.previewOf(preview.repositoryId()))
        .number(Keys.FORMAT_ATTRIBUTE, Keys.FORMAT)
        .text(RUN, preview.run())
        .text(TEXT, preview.policyText())
        .text(STATUS, preview.recorded().name())
        .number(STARTED_AT, preview.startedAt().toEpochMilli())
        .number(EXPIRING, preview.expiring())
        .number(PARTS, preview.parts())
        .build();
  }

  static Preview read(String repositoryId, Item item) {
    return new Preview(
        repositoryId,
        item.text(RUN),
        item.text(TEXT),
        Status.valueOf(item.text(STATUS)),
        Instant.ofEpochMilli(item.number(STARTED_AT)),
        (int) item.number(EXPIRING),
        (int) item.number(PARTS));
  }

  /** That no other preview has taken this one's place. */
  static Condition isRun(String run) {
    return Condition.equal(RUN, run);
  }
}
