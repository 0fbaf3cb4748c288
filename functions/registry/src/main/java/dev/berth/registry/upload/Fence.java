package dev.berth.registry.upload;

import dev.berth.core.oci.Digest;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RegistryException.InvalidLayerPart;
import dev.berth.registry.store.Action;
import dev.berth.registry.store.Keys;
import dev.berth.registry.store.StoreException;
import dev.berth.registry.store.Table;
import dev.berth.registry.store.Table.Consistency;
import dev.berth.registry.upload.UploadRecord.ApiParts;
import dev.berth.registry.upload.UploadRecord.State;
import java.util.Optional;

/**
 * One writer's hold on an upload: it writes the upload's record only as long as nobody else did, so
 * of two writers, a commit and a cancel, or a commit and collection, one wins.
 */
final class Fence {

  private final Table table;
  private final Binding binding;
  private long version;

  /**
   * @param version that the writer has seen; 0 for none
   */
  Fence(Table table, Binding binding, long version) {
    this.table = table;
    this.binding = binding;
    this.version = version;
  }

  Binding binding() {
    return binding;
  }

  long version() {
    return version;
  }

  Optional<UploadRecord> read() {
    return table.get(Keys.upload(binding.uploadId()), Consistency.STRONG).map(UploadItem::read);
  }

  /**
   * Takes note of what is there.
   *
   * @throws RegistryException if another writer came first
   */
  void save(Content content) {
    save(content, ApiParts.NONE);
  }

  void save(Content content, ApiParts apiParts) {
    UploadRecord next = UploadRecord.open(binding, version + 1, content, apiParts);
    if (!table.transact(put(next)).committed()) {
      throw lost();
    }
    version++;
  }

  /** Part of the transaction that commits the upload. */
  Action committed(Digest digest) {
    return put(UploadRecord.closed(binding, version + 1, State.COMMITTED, Optional.of(digest)));
  }

  /**
   * @return whether the upload is cancelled now, by this writer
   */
  boolean cancel() {
    UploadRecord cancelled =
        UploadRecord.closed(binding, version + 1, State.CANCELLED, Optional.empty());
    return table.transact(put(cancelled)).committed();
  }

  private Action put(UploadRecord next) {
    return Action.put(UploadItem.write(next), UploadItem.at(version));
  }

  /**
   * What a failure of the object store means: where another writer came first, it has removed what
   * this one was working on, and that is no fault of the store.
   */
  RuntimeException explained(StoreException failure) {
    long now = read().map(UploadRecord::version).orElse(0L);
    return now == version ? failure : lost();
  }

  /** What to tell the writer that came second. */
  RegistryException lost() {
    Optional<UploadRecord> open = read().filter(UploadRecord::isOpen);
    return open.isPresent() ? outOfOrder(open.get().content().received()) : binding.notFound();
  }

  static InvalidLayerPart outOfOrder(long received) {
    return new InvalidLayerPart(
        "The upload has %d bytes: the next part has to begin there.".formatted(received), received);
  }
}
