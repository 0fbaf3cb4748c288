package dev.berth.registry.upload;

import static dev.berth.registry.upload.Pushes.APP;
import static dev.berth.registry.upload.Pushes.SIZES;
import static dev.berth.registry.upload.Pushes.UPLOADER;
import static dev.berth.registry.upload.Pushes.bytes;
import static dev.berth.registry.upload.Pushes.slice;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.core.oci.Digest;
import dev.berth.registry.store.Action;
import dev.berth.registry.store.Item;
import dev.berth.registry.store.Key;
import dev.berth.registry.store.Outcome;
import dev.berth.registry.store.Page;
import dev.berth.registry.store.StoreException;
import dev.berth.registry.store.Table;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UploadCrashesTest {

  private final Pushes pushes = new Pushes();

  /**
   * The commit of parts writes twice: it takes the upload, joins the parts, and links the layer.
   */
  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void aCommitThatStopsHalfWayIsDoneByTheNext(int writesBefore) {
    byte[] layer = bytes(3000);
    Upload sent =
        pushes.chunk(pushes.chunk(pushes.begin(), slice(layer, 0, 700)), slice(layer, 700, 3000));
    Uploads dying = pushes.uploadsOver(new DyingTable(pushes.table, writesBefore), SIZES);

    assertThatThrownBy(
            () ->
                dying.commit(
                    UPLOADER,
                    sent.id(),
                    sent.state(),
                    Digest.sha256(layer),
                    Optional.empty(),
                    Body.empty()))
        .isInstanceOf(StoreException.class);
    pushes.commit(sent, Digest.sha256(layer));

    pushes.assertPushed(APP, layer, 1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aCommitWhoseAnswerWasLostIsASuccess(boolean chunked) {
    byte[] layer = bytes(3000);
    Upload begun = pushes.begin();
    Upload sent = chunked ? pushes.chunk(begun, layer) : pushes.append(begun, Body.of(layer));

    pushes.commit(sent, Digest.sha256(layer));
    pushes.commit(sent, Digest.sha256(layer));

    pushes.assertPushed(APP, layer, 1);
  }

  /** Fails all writes after some. */
  private static final class DyingTable implements Table {
    private final Table table;
    private int writesLeft;

    DyingTable(Table table, int writesLeft) {
      this.table = table;
      this.writesLeft = writesLeft;
    }

    @Override
    public Map<Key, Item> get(Collection<Key> keys, Consistency consistency) {
      return table.get(keys, consistency);
    }

    @Override
    public Page<Item> query(
        String partition,
        String prefix,
        Optional<String> after,
        int limit,
        Consistency consistency) {
      return table.query(partition, prefix, after, limit, consistency);
    }

    @Override
    public Outcome transact(List<Action> actions) {
      if (writesLeft-- > 0) {
        return table.transact(actions);
      }
      throw new StoreException("the machine stopped");
    }
  }
}
