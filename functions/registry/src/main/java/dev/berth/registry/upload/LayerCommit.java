package dev.berth.registry.upload;

import dev.berth.core.oci.Digest;
import dev.berth.registry.RegistryException.InvalidLayer;
import dev.berth.registry.RegistryException.InvalidLayerPart;
import dev.berth.registry.RegistryException.UploadNotFound;
import dev.berth.registry.repository.RepositoryReader;
import dev.berth.registry.store.Objects;
import dev.berth.registry.store.Table;
import dev.berth.registry.upload.LinkTransaction.Done;
import java.time.Clock;
import java.util.function.Supplier;

/** Ends an upload with a layer. Done twice, it is a success twice. */
final class LayerCommit {

  /** Only commits and cancels of the one upload compete here. */
  private static final int MOST_ROUNDS = 10;

  private final Table table;
  private final Completion completion;
  private final LinkTransaction transaction;

  LayerCommit(Table table, Objects objects, RepositoryReader repositories, Clock clock) {
    this.table = table;
    this.completion = new Completion(objects);
    this.transaction = new LinkTransaction(table, objects, repositories, clock);
  }

  /**
   * Commits what one writer knows to be there.
   *
   * @throws InvalidLayer if the bytes have another digest
   * @throws UploadNotFound if the upload is over, unless by the same commit
   */
  Done commit(Fence fence, Content content, Digest named) {
    try {
      return transaction.commit(fence, completion.verified(fence, content, named), named);
    } catch (UploadNotFound over) {
      return transaction.committed(fence, named).orElseThrow(() -> over);
    }
  }

  /**
   * Commits what the upload's record says is there, and looks again when it changes meanwhile.
   *
   * @param current reads the record, open or not
   */
  Done commit(Supplier<UploadRecord> current, Digest named) {
    for (int round = 1; ; round++) {
      try {
        return commit(current.get(), named);
      } catch (InvalidLayerPart lost) {
        if (round == MOST_ROUNDS) {
          throw lost;
        }
      }
    }
  }

  private Done commit(UploadRecord upload, Digest named) {
    var fence = new Fence(table, upload.binding(), upload.version());
    return upload.isOpen()
        ? commit(fence, upload.content(), named)
        : transaction.committed(fence, named).orElseThrow(upload.binding()::notFound);
  }
}
