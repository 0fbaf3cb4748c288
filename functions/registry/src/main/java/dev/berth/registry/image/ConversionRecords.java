package dev.berth.registry.image;

import dev.berth.core.oci.Digest;
import dev.berth.core.oci.Tag;
import dev.berth.registry.store.Action;
import dev.berth.registry.store.Condition;
import dev.berth.registry.store.Item;
import dev.berth.registry.store.Key;
import dev.berth.registry.store.Keys;
import dev.berth.registry.store.StoreException;
import dev.berth.registry.store.Table;
import dev.berth.registry.store.Table.Consistency;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Remembers which digests were answered for tags of converted images: many a client asks for the
 * digest of a tag first, and pulls by that. The manifest itself is made again from its image.
 */
final class ConversionRecords {

  private static final System.Logger LOG = System.getLogger(ConversionRecords.class.getName());
  private static final String SOURCE = "source";
  private static final String MEDIA_TYPE = "mediaType";
  private static final String TAG = "tag";

  /** Two items a record, and one action to spare. */
  private static final int RECORDS_PER_TRANSACTION = (Table.MOST - 1) / 2;

  private final Table table;

  ConversionRecords(Table table) {
    this.table = table;
  }

  /** The image that a manifest was made from, for which tag, and in which format. */
  record Origin(Digest source, String mediaType, Tag tag) {

    static Origin read(Item item) {
      return new Origin(
          ImageItem.digest(item.text(SOURCE)), item.text(MEDIA_TYPE), new Tag(item.text(TAG)));
    }

    private Item at(Key key) {
      return Item.at(key)
          .number(Keys.FORMAT_ATTRIBUTE, Keys.FORMAT)
          .text(SOURCE, source.toString())
          .text(MEDIA_TYPE, mediaType)
          .text(TAG, tag.value())
          .build();
    }
  }

  /**
   * Writes a record that is not there yet: of two images with the same conversion, that of the one
   * that was asked for first. One that cannot be written is no reason to refuse the pull; none is
   * written of an image that is being deleted, so none outlives its image.
   */
  void remember(String repositoryId, Digest converted, Origin origin) {
    Key key = Keys.conversion(repositoryId, converted);
    Key bySource = Keys.conversionOf(repositoryId, origin.source(), converted);
    try {
      if (table.get(key, Consistency.EVENTUAL).isEmpty()) {
        table.transact(
            Action.put(origin.at(key), Condition.absent()),
            Action.put(origin.at(bySource)),
            Action.check(Keys.image(repositoryId, origin.source()), ImageItem.isActive()));
      }
    } catch (StoreException e) {
      LOG.log(System.Logger.Level.WARNING, "conversion " + converted + " not recorded", e);
    }
  }

  /** Removes the records of an image that is being deleted. */
  void forget(String repositoryId, Digest source, Condition stillDeleting) {
    Action check = Action.check(Keys.image(repositoryId, source), stillDeleting);
    while (true) {
      List<Item> rows =
          table
              .query(
                  Keys.conversionsOf(repositoryId, source),
                  "",
                  Optional.empty(),
                  RECORDS_PER_TRANSACTION,
                  Consistency.STRONG)
              .entries();
      if (rows.isEmpty()
          || !table
              .transact(
                  Stream.concat(Stream.of(check), removal(repositoryId, source, rows)).toList())
              .committed()) {
        return;
      }
    }
  }

  private static Stream<Action> removal(String repositoryId, Digest source, List<Item> rows) {
    return rows.stream()
        .map(row -> ImageItem.digest(row.key().sort()))
        .flatMap(converted -> removal(repositoryId, source, converted));
  }

  static Stream<Action> removal(String repositoryId, Digest source, Digest converted) {
    return Stream.of(
        Action.delete(Keys.conversion(repositoryId, converted)),
        Action.delete(Keys.conversionOf(repositoryId, source, converted)));
  }
}
