package dev.berth.registry.gc;

import dev.berth.core.oci.Digest;
import dev.berth.registry.RegistryException;
import dev.berth.registry.image.LayerReferences;
import dev.berth.registry.layer.LayerLink;
import dev.berth.registry.layer.Unlinking;
import dev.berth.registry.repository.Repository;
import dev.berth.registry.repository.RepositoryItem;
import dev.berth.registry.store.Action;
import dev.berth.registry.store.GroupedWrites;
import dev.berth.registry.store.Item;
import dev.berth.registry.store.Keys;
import dev.berth.registry.store.Page;
import dev.berth.registry.store.StoreException;
import dev.berth.registry.store.Table;
import dev.berth.registry.store.Table.Consistency;
import dev.berth.registry.store.Walk;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Predicate;

/**
 * Removes the links to layers that no image of their repository names, in two steps: one run marks
 * them as doomed, and a run after the announced time looks once more for images that name them. A
 * run does both, each for other links, so it reads a repository's manifests once for every {@value
 * #MOST_AT_ONCE} of its links.
 */
final class LinkCollection {

  private static final System.Logger LOG = System.getLogger(LinkCollection.class.getName());

  /** What is in memory at once: some 20 MB. */
  private static final int MOST_AT_ONCE = 50_000;

  private static final int LINKS_PER_CALL = 1000;

  private final Table table;
  private final LayerReferences references;
  private final Unlinking unlinking;
  private final GcPeriods periods;
  private final Clock clock;

  LinkCollection(
      Table table,
      LayerReferences references,
      Unlinking unlinking,
      GcPeriods periods,
      Clock clock) {
    this.table = table;
    this.references = references;
    this.unlinking = unlinking;
    this.periods = periods;
    this.clock = clock;
  }

  Collected run() {
    return inAll(repository -> inBatches(repository, this::isDue, this::collect));
  }

  /** Also of links whose removal was announced a moment ago. */
  Collected dryRun() {
    var dry = new DryUnlinking(table);
    return inAll(
        repository ->
            inBatches(
                repository,
                this::isDueSoon,
                (of, due) -> {
                  takeNamed(of, due);
                  return dry.unlink(of, due.keySet());
                }));
  }

  private interface Collecting {
    Collected in(Repository repository);
  }

  private Collected inAll(Collecting collecting) {
    Total total = new Total();
    Walk.items(
        table,
        Keys.repositories(),
        page ->
            page.stream()
                .filter(item -> Keys.isRepository(item.key()))
                .map(RepositoryItem::read)
                .forEach(repository -> total.add(inOne(repository, collecting))));
    return total.sum();
  }

  /** Whatever is wrong with one repository, the others are not to wait for it. */
  private static Collected inOne(Repository repository, Collecting collecting) {
    try {
      return collecting.in(repository);
    } catch (StoreException | RegistryException | IllegalStateException e) {
      LOG.log(
          System.Logger.Level.WARNING, "nothing is collected in " + repository.name().value(), e);
      return Collected.skipped(1);
    }
  }

  private Collected inBatches(
      Repository repository,
      Predicate<LayerLink> due,
      BiFunction<Repository, Map<Digest, LayerLink>, Collected> collecting) {
    Total total = new Total();
    Map<Digest, LayerLink> batch = new HashMap<>();
    Optional<String> position = Optional.empty();
    do {
      Page<Item> page =
          table.query(
              Keys.layers(repository.id()), "", position, LINKS_PER_CALL, Consistency.STRONG);
      page.entries().stream()
          .map(LayerLink::of)
          .filter(due)
          .forEach(link -> batch.put(link.digest(), link));
      position = page.next();
      boolean full = batch.size() + LINKS_PER_CALL > MOST_AT_ONCE;
      if (!batch.isEmpty() && (full || position.isEmpty())) {
        total.add(collecting.apply(repository, batch));
        batch.clear();
      }
    } while (position.isPresent());
    return total.sum();
  }

  private boolean isDue(LayerLink link) {
    Instant now = clock.instant();
    return link.isUntouchedFor(periods.untouched(), now)
        || link.isDoomedFor(periods.announced(), now);
  }

  private boolean isDueSoon(LayerLink link) {
    return link.doomed().isPresent() || link.isUntouchedFor(periods.untouched(), clock.instant());
  }

  /** The images are read after the links: what a writer did before it was announced is seen. */
  private Collected collect(Repository repository, Map<Digest, LayerLink> due) {
    Map<Digest, LayerLink> named = takeNamed(repository, due);
    spare(repository, doomed(named));
    Map<Digest, LayerLink> doomed = doomed(due);
    int removed =
        unlinking.unlinkDoomed(
            repository.account(), repository.encryptionKey(), repository.id(), doomed);
    due.keySet().removeAll(doomed.keySet());
    return Collected.links(removed).plus(Collected.announced(announce(repository, due)));
  }

  /** Takes out the links that images name. */
  private Map<Digest, LayerLink> takeNamed(Repository repository, Map<Digest, LayerLink> links) {
    Map<Digest, LayerLink> named = new HashMap<>();
    references.forEach(
        repository.id(),
        (image, layer) ->
            Optional.ofNullable(links.remove(layer)).ifPresent(link -> named.put(layer, link)));
    return named;
  }

  private static Map<Digest, LayerLink> doomed(Map<Digest, LayerLink> links) {
    Map<Digest, LayerLink> doomed = new HashMap<>(links);
    doomed.values().removeIf(link -> link.doomed().isEmpty());
    return doomed;
  }

  private void spare(Repository repository, Map<Digest, LayerLink> links) {
    GroupedWrites.commit(
        table,
        links.values().stream().map(link -> List.<Action>of(link.spare(repository.id()))).toList());
  }

  /** The time of the announcement is taken right before its transaction: waiting begins with it. */
  private int announce(Repository repository, Map<Digest, LayerLink> links) {
    List<LayerLink> all = List.copyOf(links.values());
    int announced = 0;
    for (int from = 0; from < all.size(); from += Table.MOST) {
      Instant now = clock.instant();
      List<List<Action>> dooms =
          all.subList(from, Math.min(from + Table.MOST, all.size())).stream()
              .map(link -> List.<Action>of(link.doom(repository.id(), now)))
              .toList();
      announced += GroupedWrites.commit(table, dooms).size();
    }
    return announced;
  }

  /** Adds up where a lambda has no variable to add to. */
  private static final class Total {
    private Collected sum = Collected.NOTHING;

    void add(Collected more) {
      sum = sum.plus(more);
    }

    Collected sum() {
      return sum;
    }
  }
}
