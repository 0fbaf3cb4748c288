package dev.berth.registry.upload;

import dev.berth.core.oci.Algorithm;
import dev.berth.registry.repository.Repository;
import dev.berth.registry.store.Action;
import dev.berth.registry.store.Expirations;
import dev.berth.registry.store.Key;
import dev.berth.registry.store.Keys;
import dev.berth.registry.store.Table;
import dev.berth.registry.store.Table.Consistency;
import dev.berth.registry.upload.Renewal.Rhythm;
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
  private final Clock wall;
  private final Clock clock;
  private final long largestWhole;
  private final Rhythm rhythm;

  /**
   * @param wall by which a call holds an arrival, and by which it is swept
   * @param clock by which uploads expire
   * @param largestWhole the largest layer, in bytes, that nothing is written down of before it is
   *     there or breaks off: that several calls bring it at once costs less than to keep them apart
   */
  Arrivals(Table table, Clock wall, Clock clock, long largestWhole, Rhythm rhythm) {
    this.table = table;
    this.wall = wall;
    this.clock = clock;
    this.largestWhole = largestWhole;
    this.rhythm = rhythm;
  }

  /** What a call gets. */
  sealed interface Claim {

    /** The upload to go on with, for this call alone. */
    record Held(Arrival arrival, UploadRecord upload) implements Claim {}

    /** An upload that nobody else knows of. */
    record Own(Key key, UploadRecord upload) implements Claim {}

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
      Instant now = wall.instant();
      Optional<Arrival> former = table.get(key, Consistency.STRONG).map(Arrival::read);
      Optional<UploadRecord> begun = former.flatMap(arrival -> open(arrival.uploadId()));
      if (former.filter(arrival -> arrival.isBusy(now)).isPresent()) {
        return new Claim.Busy(begun.map(upload -> upload.content().received()).orElse(0L));
      }
      UploadRecord upload = begun.orElseGet(() -> fresh(layer, repository));
      if (former.isEmpty() && layer.size() <= largestWhole) {
        return new Claim.Own(key, upload);
      }
      Arrival held = Arrival.held(key, upload.binding().uploadId(), now);
      if (table.transact(actions(held, former, begun.isEmpty(), now)).committed()) {
        return new Claim.Held(held, upload);
      }
    }
    return new Claim.Busy(0);
  }

  private Optional<UploadRecord> open(String uploadId) {
    return table
        .get(Keys.upload(uploadId), Consistency.STRONG)
        .map(UploadItem::read)
        .filter(upload -> upload.isOpen() && !upload.binding().isExpired(clock.instant()));
  }

  private UploadRecord fresh(IncomingLayer layer, Repository repository) {
    Optional<Algorithm> announced = Optional.of(layer.digest().algorithm());
    Binding binding = Binding.begin(layer.uploader(), repository, announced, clock.instant());
    return UploadRecord.open(binding, 0, Content.EMPTY, ApiParts.NONE);
  }

  /** Where an earlier upload was given up, its time comes first; that costs a beginning anew. */
  private static List<Action> actions(
      Arrival held, Optional<Arrival> former, boolean fresh, Instant now) {
    List<Action> actions = new ArrayList<>();
    actions.add(held.takenAfter(former));
    if (fresh) {
      actions.add(Expirations.deleteAfter(now.plus(Binding.LIFETIME), held.key()));
    }
    return actions;
  }

  /** Keeps others away from it until that is closed. */
  Renewal renewing(Arrival held) {
    return Renewal.begin(table, wall, held, rhythm);
  }

  void release(Arrival held) {
    table.transact(held.released());
  }

  /**
   * Lets later calls go on with what has come of an upload of one's own.
   *
   * @return what nobody will go on with, as another call's came first
   */
  Optional<UploadRecord> keep(Claim.Own own) {
    return open(own.upload().binding().uploadId()).filter(upload -> !isNoted(own.key(), upload));
  }

  private boolean isNoted(Key key, UploadRecord upload) {
    Arrival free = Arrival.free(key, upload.binding().uploadId());
    return table.transact(actions(free, Optional.empty(), true, wall.instant())).committed();
  }
}
