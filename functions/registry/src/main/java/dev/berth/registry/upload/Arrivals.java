package dev.berth.registry.upload;

import dev.berth.registry.repository.Repository;
import dev.berth.registry.store.Action;
import dev.berth.registry.store.Expirations;
import dev.berth.registry.store.Key;
import dev.berth.registry.store.Keys;
import dev.berth.registry.store.Table;
import dev.berth.registry.store.Table.Consistency;
import dev.berth.registry.upload.UploadRecord.ApiParts;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds the upload by which a layer comes from another registry, for one call at a time, so that
 * the other registry need not remember how far it came.
 */
final class Arrivals {

  private static final int MOST_ROUNDS = 5;

  private final Table table;
  private final Clock clock;

  Arrivals(Table table, Clock clock) {
    this.table = table;
    this.clock = clock;
  }

  /** What a call gets. */
  sealed interface Claim {

    /** The upload to go on with, for this call alone. */
    record Held(Arrival arrival, UploadRecord upload) implements Claim {}

    /**
     * Another call works on it.
     *
     * @param received bytes that this one has noted so far
     */
    record Busy(long received) implements Claim {}
  }

  Claim claim(IncomingLayer layer, Repository repository) {
    Key key =
        Keys.arrival(
            repository.id(), layer.digest(), layer.from().account(), layer.from().region());
    for (int round = 0; round < MOST_ROUNDS; round++) {
      Instant now = clock.instant();
      Optional<Arrival> former = table.get(key, Consistency.STRONG).map(Arrival::read);
      Optional<UploadRecord> begun = former.flatMap(arrival -> open(arrival, now));
      if (former.filter(arrival -> arrival.isBusy(now)).isPresent()) {
        return new Claim.Busy(begun.map(upload -> upload.content().received()).orElse(0L));
      }
      UploadRecord upload = begun.orElseGet(() -> fresh(layer, repository, now));
      Arrival held = Arrival.held(key, upload.binding().uploadId(), now);
      if (table.transact(actions(held, former, upload, begun.isEmpty())).committed()) {
        return new Claim.Held(held, upload);
      }
    }
    return new Claim.Busy(0);
  }

  private Optional<UploadRecord> open(Arrival arrival, Instant now) {
    return table
        .get(Keys.upload(arrival.uploadId()), Consistency.STRONG)
        .map(UploadItem::read)
        .filter(upload -> upload.isOpen() && !upload.binding().isExpired(now));
  }

  private static UploadRecord fresh(IncomingLayer layer, Repository repository, Instant now) {
    Binding binding =
        Binding.begin(layer.uploader(), repository, Optional.of(layer.digest().algorithm()), now);
    return UploadRecord.open(binding, 0, Content.EMPTY, ApiParts.NONE);
  }

  /** Where an earlier upload was given up, its time comes first; that costs a beginning anew. */
  private static List<Action> actions(
      Arrival held, Optional<Arrival> former, UploadRecord upload, boolean fresh) {
    List<Action> actions = new ArrayList<>();
    actions.add(held.takenAfter(former));
    if (fresh) {
      actions.add(Expirations.deleteAfter(upload.binding().expiresAt(), held.key()));
    }
    return actions;
  }

  void release(Arrival held) {
    table.transact(held.released());
  }
}
