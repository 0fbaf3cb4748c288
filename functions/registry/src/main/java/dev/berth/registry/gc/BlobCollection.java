package dev.berth.registry.gc;

import dev.berth.registry.layer.Blob;
import dev.berth.registry.layer.WaitingBlob;
import dev.berth.registry.scan.facts.FactsObjects;
import dev.berth.registry.store.Action;
import dev.berth.registry.store.GroupedWrites;
import dev.berth.registry.store.Item;
import dev.berth.registry.store.Key;
import dev.berth.registry.store.Keys;
import dev.berth.registry.store.Objects;
import dev.berth.registry.store.Table;
import dev.berth.registry.store.Walk;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Removes the blobs that have been without a link for some time, with what scans know of them. One
 * is doomed first, so that nobody links it any more, then its object is deleted, then the blob. A
 * commit that meets a doomed one puts its own object in the place, which is then left alone.
 */
final class BlobCollection {

  private final Table table;
  private final Objects objects;
  private final GcPeriods periods;
  private final Clock clock;

  BlobCollection(Table table, Objects objects, GcPeriods periods, Clock clock) {
    this.table = table;
    this.objects = objects;
    this.periods = periods;
    this.clock = clock;
  }

  /** A blob on the list, as both were read. */
  private record Candidate(WaitingBlob waiting, Blob blob) {
    Key key() {
      return waiting.blob();
    }
  }

  Collected run() {
    return each(this::collect, clock.instant().minus(periods.unlinked()));
  }

  Collected dryRun() {
    return each(
        page ->
            candidates(page).stream()
                .filter(candidate -> candidate.blob().refs() == 0)
                .map(candidate -> Collected.blobs(1, candidate.blob().size()))
                .reduce(Collected.NOTHING, Collected::plus),
        clock.instant());
  }

  private Collected each(Function<List<WaitingBlob>, Collected> collecting, Instant bound) {
    List<Collected> pages = new ArrayList<>();
    Walk.items(
        table,
        Keys.unreferencedBlobs(),
        page ->
            pages.add(
                collecting.apply(
                    page.stream()
                        .map(WaitingBlob::of)
                        .filter(waiting -> waiting.isThereSince(bound))
                        .toList())));
    return pages.stream().reduce(Collected.NOTHING, Collected::plus);
  }

  private Collected collect(List<WaitingBlob> page) {
    List<Candidate> candidates = candidates(page);
    List<Candidate> doomed = new ArrayList<>(in(candidates, Blob.State.DOOMED));
    List<Candidate> unlinked =
        in(candidates, Blob.State.LIVE).stream().filter(it -> it.blob().refs() == 0).toList();
    doomed.addAll(done(unlinked, it -> List.of(it.blob().doom(it.key()))));
    Deletions.of(doomed, this::deleteObjects);
    List<Candidate> removed =
        done(doomed, it -> List.of(it.blob().removal(it.key()), it.waiting().removal()));
    takeOff(page, candidates);
    long bytes = removed.stream().mapToLong(it -> it.blob().size()).sum();
    return Collected.blobs(removed.size(), bytes);
  }

  /** A scan that makes the facts anew meanwhile leaves them to the collection of objects. */
  private void deleteObjects(Candidate doomed) {
    objects.delete(FactsObjects.of(doomed.key()));
    objects.delete(doomed.blob().objectKey());
  }

  /** Those that are not there, or have got a link since they were put on the list. */
  private void takeOff(List<WaitingBlob> page, List<Candidate> candidates) {
    Set<WaitingBlob> unlinked =
        candidates.stream()
            .filter(candidate -> candidate.blob().refs() == 0)
            .map(Candidate::waiting)
            .collect(Collectors.toSet());
    GroupedWrites.commit(
        table,
        page.stream()
            .filter(waiting -> !unlinked.contains(waiting))
            .map(waiting -> List.<Action>of(waiting.removal()))
            .toList());
  }

  private List<Candidate> candidates(List<WaitingBlob> page) {
    Map<Key, Item> blobs = Walk.get(table, page.stream().map(WaitingBlob::blob).toList());
    return page.stream()
        .flatMap(
            waiting ->
                Optional.ofNullable(blobs.get(waiting.blob()))
                    .map(item -> new Candidate(waiting, Blob.of(item)))
                    .stream())
        .toList();
  }

  private static List<Candidate> in(List<Candidate> candidates, Blob.State state) {
    return candidates.stream().filter(candidate -> candidate.blob().state() == state).toList();
  }

  /** Those whose actions were committed. */
  private List<Candidate> done(
      List<Candidate> candidates, Function<Candidate, List<Action>> actions) {
    return GroupedWrites.commit(table, candidates.stream().map(actions).toList()).stream()
        .map(candidates::get)
        .toList();
  }
}
