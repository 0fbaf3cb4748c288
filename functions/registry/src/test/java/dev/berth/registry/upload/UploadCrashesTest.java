package dev.berth.registry.upload;

import static dev.berth.registry.upload.Pushes.APP;
import static dev.berth.registry.upload.Pushes.UPLOADER;
import static dev.berth.registry.upload.Pushes.bytes;
import static dev.berth.registry.upload.Pushes.slice;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.core.oci.Digest;
import dev.berth.registry.store.Action;
import dev.berth.registry.store.Item;
import dev.berth.registry.store.Key;
import dev.berth.registry.store.Outcome;
import dev.berth.registry.store.Page;
import dev.berth.registry.store.StoreException;
import dev.berth.registry.store.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
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
    Uploads dying = pushes.uploadsOver(new DyingTable(writesBefore));

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

  @Test
  void aWriterThatWasFrozenReadsAgainBeforeItWrites() {
    byte[] layer = bytes(3000);
    Upload sent = pushes.append(pushes.begin(), Body.of(layer));
    var freezing = new FreezingTable();

    pushes
        .uploadsOver(freezing)
        .commit(
            UPLOADER,
            sent.id(),
            sent.state(),
            Digest.sha256(layer),
            Optional.empty(),
            Body.empty());

    assertThat(freezing.sinceTheRead).isLessThanOrEqualTo(Duration.ofSeconds(60));
    pushes.assertPushed(APP, layer, 1);
  }

  private class PassingTable implements Table {
    @Override
    public Map<Key, Item> get(Collection<Key> keys, Consistency consistency) {
      return pushes.table.get(keys, consistency);
    }

    @Override
    public Page<Item> query(
        String partition,
        String prefix,
        Optional<String> after,
        int limit,
        Consistency consistency) {
      return pushes.table.query(partition, prefix, after, limit, consistency);
    }

    @Override
    public Scanned scan(String prefix, Optional<Key> after, int limit) {
      return pushes.table.scan(prefix, after, limit);
    }

    @Override
    public Outcome transact(List<Action> actions) {
      return pushes.table.transact(actions);
    }
  }

  /** Fails all writes after some. */
  private final class DyingTable extends PassingTable {
    private int writesLeft;

    DyingTable(int writesLeft) {
      this.writesLeft = writesLeft;
    }

    @Override
    public Outcome transact(List<Action> actions) {
      if (writesLeft-- > 0) {
        return super.transact(actions);
      }
      throw new StoreException("the machine stopped");
    }
  }

  /** Takes more than a minute over the second read, which is the one of the links. */
  private final class FreezingTable extends PassingTable {
    private int reads;
    private Instant readAt = Instant.MAX;
    private Duration sinceTheRead = Duration.ZERO;

    @Override
    public Map<Key, Item> get(Collection<Key> keys, Consistency consistency) {
      readAt = pushes.now.get();
      Map<Key, Item> items = super.get(keys, consistency);
      if (++reads == 2) {
        pushes.pass(Duration.ofSeconds(61));
      }
      return items;
    }

    @Override
    public Outcome transact(List<Action> actions) {
      sinceTheRead = Duration.between(readAt, pushes.now.get());
      return super.transact(actions);
    }
  }
}
