package dev.berth.registry.sweep;

import dev.berth.core.oci.Digest;
import dev.berth.registry.image.ImageRemains;
import dev.berth.registry.layer.LayerLink;
import dev.berth.registry.layer.Unlinking;
import dev.berth.registry.store.Action;
import dev.berth.registry.store.Item;
import dev.berth.registry.store.Keys;
import dev.berth.registry.store.Objects;
import dev.berth.registry.store.Table;
import dev.berth.registry.store.Table.Consistency;
import dev.berth.registry.work.Work.PurgeRepository;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Removes everything that a deleted repository held. */
final class RepositoryContents {

  /** An image's items: itself, its manifest, its row under its subject, and what tells of it. */
  private static final int IMAGES_PER_TRANSACTION = Table.MOST / 4;

  /** A conversion is found by its digest, and by its source. */
  private static final int CONVERSIONS_PER_TRANSACTION = Table.MOST / 2;

  private final Table table;
  private final ImageRemains images;
  private final Unlinking links;

  RepositoryContents(Table table, Objects objects, Clock clock) {
    this.table = table;
    this.images = new ImageRemains(table, objects, clock);
    this.links = new Unlinking(table, clock);
  }

  void remove(PurgeRepository purge) {
    String id = purge.repositoryId();
    // before the tags, whose absence would end a deletion under way without a word of them
    each(Keys.images(id), IMAGES_PER_TRANSACTION, rows -> images.remove(purge, rows));
    each(Keys.tags(id), Table.MOST, this::deleteAll);
    each(Keys.preview(id), Table.MOST, this::deleteAll);
    each(Keys.expirationSteps(id), Table.MOST, this::deleteAll);
    each(Keys.replications(id), Table.MOST, this::deleteAll);
    each(
        Keys.conversions(id),
        CONVERSIONS_PER_TRANSACTION,
        rows -> images.removeConversions(id, rows));
    each(
        Keys.layers(id),
        Table.MOST,
        rows -> unlink(purge, rows.stream().map(row -> LayerLink.of(row).digest()).toList()));
  }

  private void unlink(PurgeRepository purge, List<Digest> digests) {
    links.unlinkAll(purge.account(), purge.encryption().id(), purge.repositoryId(), digests);
  }

  private void deleteAll(List<Item> rows) {
    table.transact(rows.stream().map(row -> (Action) Action.delete(row.key())).toList());
  }

  /** What is handled is gone, so each look begins at the beginning. */
  private void each(String partition, int limit, Consumer<List<Item>> remove) {
    while (true) {
      List<Item> rows =
          table.query(partition, "", Optional.empty(), limit, Consistency.STRONG).entries();
      if (rows.isEmpty()) {
        return;
      }
      remove.accept(rows);
    }
  }
}
