package dev.berth.registry.layer;

import dev.berth.core.oci.Digest;
import dev.berth.registry.store.Action;
import dev.berth.registry.store.Condition;
import dev.berth.registry.store.GroupedWrites;
import dev.berth.registry.store.Item;
import dev.berth.registry.store.Key;
import dev.berth.registry.store.Keys;
import dev.berth.registry.store.Table;
import dev.berth.registry.store.Walk;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Removes links, each together with the reference that its blob counts for it. A blob that loses
 * its last one is put on the list of those that wait for collection.
 */
public final class Unlinking {

  private final Table table;
  private final Clock clock;

  public Unlinking(Table table, Clock clock) {
    this.table = table;
    this.clock = clock;
  }

  /** Removes a repository's link to a layer. Nothing happens where there is none. */
  public void unlink(String account, String encryptionKey, String repositoryId, Digest digest) {
    unlinkAll(account, encryptionKey, repositoryId, List.of(digest));
  }

  /** Removes a repository's links to layers, those that there are. */
  public void unlinkAll(
      String account, String encryptionKey, String repositoryId, List<Digest> digests) {
    remove(account, encryptionKey, repositoryId, digests, link -> Optional.of(Condition.present()));
  }

  /**
   * Removes links that are doomed, unless somebody has revived them since they were read.
   *
   * @return how many are removed
   */
  public int unlinkDoomed(
      String account, String encryptionKey, String repositoryId, Map<Digest, LayerLink> doomed) {
    return remove(
        account,
        encryptionKey,
        repositoryId,
        List.copyOf(doomed.keySet()),
        now ->
            Optional.of(doomed.get(now.digest()))
                .filter(read -> read.doomed().equals(now.doomed()))
                .map(LayerLink::isAsDoomed));
  }

  /**
   * @param condition of the removal of a link as it is now; empty to leave it
   */
  private int remove(
      String account,
      String encryptionKey,
      String repositoryId,
      List<Digest> digests,
      Function<LayerLink, Optional<Condition>> condition) {
    int removed = 0;
    List<Digest> rest = digests;
    while (!rest.isEmpty()) {
      Map<Key, Item> items = read(account, encryptionKey, repositoryId, rest);
      List<Digest> tried = new ArrayList<>();
      List<List<Action>> groups = new ArrayList<>();
      for (Digest digest : rest) {
        Optional.ofNullable(items.get(Keys.layer(repositoryId, digest)))
            .map(LayerLink::of)
            .flatMap(condition)
            .ifPresent(
                when -> {
                  tried.add(digest);
                  groups.add(removal(account, encryptionKey, repositoryId, digest, items, when));
                });
      }
      Set<Integer> done = GroupedWrites.commit(table, groups);
      removed += done.size();
      done.stream().sorted((a, b) -> b - a).forEach(position -> tried.remove((int) position));
      rest = tried;
    }
    return removed;
  }

  private Map<Key, Item> read(
      String account, String encryptionKey, String repositoryId, List<Digest> digests) {
    List<Key> keys = new ArrayList<>();
    for (Digest digest : digests) {
      keys.add(Keys.layer(repositoryId, digest));
      keys.add(Keys.blob(account, encryptionKey, digest));
    }
    return Walk.get(table, keys);
  }

  private List<Action> removal(
      String account,
      String encryptionKey,
      String repositoryId,
      Digest digest,
      Map<Key, Item> items,
      Condition when) {
    List<Action> actions = new ArrayList<>();
    actions.add(Action.delete(Keys.layer(repositoryId, digest), when));
    Key blobKey = Keys.blob(account, encryptionKey, digest);
    Optional.ofNullable(items.get(blobKey))
        .map(Blob::of)
        .ifPresent(
            counted -> {
              actions.add(Blob.removeReference(blobKey, counted));
              if (counted.refs() == 1) {
                Key waiting = Keys.unreferencedBlob(account, encryptionKey, digest);
                actions.add(WaitingBlob.begin(waiting, clock.instant()));
              }
            });
    return actions;
  }
}
