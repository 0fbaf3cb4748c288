package dev.berth.registry.fsck;

import dev.berth.registry.repository.Repository;
import dev.berth.registry.repository.RepositoryItem;
import dev.berth.registry.scan.generation.Generations;
import dev.berth.registry.store.Item;
import dev.berth.registry.store.Key;
import dev.berth.registry.store.Keys;
import dev.berth.registry.store.Objects;
import dev.berth.registry.store.Table;
import dev.berth.registry.store.Walk;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A check of one deployment, with a page of items in memory and one count for each blob. */
public final class Check {

  private final Table table;
  private final Objects objects;
  private final Clock clock;

  public Check(Table table, Objects objects, Clock clock) {
    this.table = table;
    this.objects = objects;
    this.clock = clock;
  }

  /**
   * @param repair whether counts and numbers of references are set to what they should be
   * @param told called with each fault, in words
   * @return how many faults there are, repaired ones included
   */
  public long run(boolean repair, Consumer<String> told) {
    var faults = new Faults(table, repair, told);
    var images = new ImageCheck(table, objects, faults);
    var blobs = new BlobCheck(table, objects, clock, faults);
    Walk.items(table, Keys.repositoryLists(), page -> listings(page, faults));
    Walk.items(
        table,
        Keys.repositories(),
        page ->
            page.stream()
                .filter(item -> Keys.isRepository(item.key()))
                .map(RepositoryItem::read)
                .forEach(
                    repository -> {
                      listed(repository, faults);
                      blobs.links(repository);
                      images.check(repository);
                    }));
    blobs.check();
    new GenerationCheck(new Generations(table, objects, clock), faults).check();
    return faults.count();
  }

  /** Rows without a repository. */
  private void listings(List<Item> rows, Faults faults) {
    List<Key> keys = rows.stream().map(row -> repositoryOf(row.key())).toList();
    Map<Key, Item> repositories = Walk.get(table, keys);
    keys.stream()
        .filter(key -> !repositories.containsKey(key))
        .forEach(key -> faults.tell("a repository is listed and not there: " + key.partition()));
  }

  private static Key repositoryOf(Key listing) {
    return Keys.repository(
        listing.partition().substring(Keys.repositoryLists().length()), listing.sort());
  }

  private void listed(Repository repository, Faults faults) {
    Key row = Keys.repositoryListing(repository.account(), repository.name().value());
    if (Walk.get(table, List.of(row)).isEmpty()) {
      faults.tell(repository.name() + ": the repository is not listed");
    }
  }
}
