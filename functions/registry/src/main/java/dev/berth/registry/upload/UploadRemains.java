package dev.berth.registry.upload;

import dev.berth.registry.layer.Blob;
import dev.berth.registry.store.Action;
import dev.berth.registry.store.GroupedWrites;
import dev.berth.registry.store.Item;
import dev.berth.registry.store.Key;
import dev.berth.registry.store.Keys;
import dev.berth.registry.store.Table;
import dev.berth.registry.store.Walk;
import dev.berth.registry.upload.UploadRecord.State;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What uploads leave behind: objects that became no layer, or whose layer is gone, and the records
 * of uploads that are over. An object's key names its upload, whose record says of which blob it
 * may be the object.
 *
 * <p>An upload of one body has no record before its commit. Nothing is written in the place of one
 * that is missing: that an object of such an upload is not committed after all is ensured by time,
 * see {@link Binding#isTooLateToCommit}.
 */
public final class UploadRemains {

  /** How long a record stays after its upload has expired: longer than anyone can still commit. */
  private static final Duration RECORD_STAYS = Duration.ofHours(24);

  private final Table table;
  private final Clock clock;

  public UploadRemains(Table table, Clock clock) {
    this.table = table;
    this.clock = clock;
  }

  /**
   * Those of the objects that no blob has nor will have. Uploads that have expired are ended first,
   * so that no commit comes in between.
   *
   * @param objectKeys any, of objects that are older than an upload may get; those that are no
   *     upload's are kept
   * @param end whether uploads that have expired are ended
   */
  public Set<String> unused(Collection<String> objectKeys, boolean end) {
    Map<Key, UploadRecord> records = records(objectKeys);
    Map<Key, Item> blobs = blobs(records.values());
    Map<Key, Boolean> ended = new HashMap<>();
    Set<String> unused = new HashSet<>();
    for (String objectKey : objectKeys) {
      Optional<Key> upload = Binding.uploadOf(objectKey).map(Keys::upload);
      if (upload.isEmpty()) {
        continue;
      }
      Optional<UploadRecord> record = upload.map(records::get);
      boolean over =
          record.isEmpty()
              || switch (record.get().state()) {
                case CANCELLED, REAPED -> true;
                case OPEN -> ended.computeIfAbsent(upload.get(), key -> end(record.get(), end));
                case COMMITTED -> !isBlobs(objectKey, record.get(), blobs);
              };
      if (over) {
        unused.add(objectKey);
      }
    }
    return unused;
  }

  /**
   * Those of the objects whose parts nobody will write or join any more.
   *
   * @param objectKeys of multipart writes that are older than an upload may get
   * @param end as in {@link #unused}
   */
  public Set<String> abandoned(Collection<String> objectKeys, boolean end) {
    Map<Key, UploadRecord> records = records(objectKeys);
    return objectKeys.stream()
        .filter(
            objectKey ->
                Binding.uploadOf(objectKey)
                    .filter(id -> isOver(Optional.ofNullable(records.get(Keys.upload(id))), end))
                    .isPresent())
        .collect(Collectors.toSet());
  }

  private boolean isOver(Optional<UploadRecord> upload, boolean end) {
    return upload.map(record -> !record.isOpen() || end(record, end)).orElse(true);
  }

  private Map<Key, UploadRecord> records(Collection<String> objectKeys) {
    Set<Key> keys =
        objectKeys.stream()
            .flatMap(key -> Binding.uploadOf(key).stream())
            .map(Keys::upload)
            .collect(Collectors.toSet());
    Map<Key, UploadRecord> records = new HashMap<>();
    Walk.get(table, keys).forEach((key, item) -> records.put(key, UploadItem.read(item)));
    return records;
  }

  /** Read after the records: a commit writes both at once. */
  private Map<Key, Item> blobs(Collection<UploadRecord> records) {
    return Walk.get(table, records.stream().flatMap(record -> blob(record).stream()).toList());
  }

  /** The blob that an upload was committed as, by its object or another one. */
  private static Optional<Key> blob(UploadRecord record) {
    Binding binding = record.binding();
    return record
        .committed()
        .map(digest -> Keys.blob(binding.uploader().account(), binding.encryption().id(), digest));
  }

  private static Optional<String> blobsObject(UploadRecord record, Map<Key, Item> blobs) {
    return blob(record).map(blobs::get).map(Blob::of).map(Blob::objectKey);
  }

  private static boolean isBlobs(String objectKey, UploadRecord record, Map<Key, Item> blobs) {
    return blobsObject(record, blobs).equals(Optional.of(objectKey));
  }

  /** False where the upload goes on, or somebody wrote its record since it was read. */
  private boolean end(UploadRecord open, boolean end) {
    if (!open.binding().isExpired(clock.instant())) {
      return false;
    }
    UploadRecord reaped =
        UploadRecord.closed(open.binding(), open.version() + 1, State.REAPED, Optional.empty());
    return !end
        || table
            .transact(Action.put(UploadItem.write(reaped), UploadItem.at(open.version())))
            .committed();
  }

  /**
   * Removes the records of uploads that nobody asks for any more, but for those that tell of which
   * blob an object is.
   */
  public void removeRecords() {
    Walk.items(table, Keys.uploads(), this::removeRecords);
  }

  private void removeRecords(List<Item> items) {
    Instant bound = clock.instant().minus(RECORD_STAYS);
    List<UploadRecord> over =
        items.stream()
            .map(UploadItem::read)
            .filter(record -> record.binding().isExpired(bound))
            .toList();
    Map<Key, Item> blobs = blobs(over);
    GroupedWrites.commit(
        table,
        over.stream()
            .filter(
                record ->
                    blobsObject(record, blobs)
                        .filter(object -> object.startsWith(record.binding().objectKeys()))
                        .isEmpty())
            .map(record -> List.<Action>of(UploadItem.removal(record)))
            .toList());
  }
}
