package dev.berth.registry.outbox;

import dev.berth.registry.store.Action;
import dev.berth.registry.store.Attribute;
import dev.berth.registry.store.Condition;
import dev.berth.registry.store.GroupedWrites;
import dev.berth.registry.store.Item;
import dev.berth.registry.store.Key;
import dev.berth.registry.store.Keys;
import dev.berth.registry.store.Page;
import dev.berth.registry.store.Table;
import dev.berth.registry.store.Table.Consistency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The changes whose events no bus took, or that nobody could read: see {@link Refusals}. */
public final class DeadChanges {

  private static final int PER_CALL = Table.MOST / 2;
  private static final Set<String> OF_REFUSALS =
      Set.of(Refusals.TRIES, Refusals.DUE, Refusals.REASON);

  private final Table table;

  public DeadChanges(Table table) {
    this.table = table;
  }

  /**
   * Puts all that are there now back into the outbox, to be tried as if for the first time. It may
   * be stopped anywhere and run by several at once: each is put back once.
   *
   * @return how many were
   */
  public long redrive() {
    long redriven = 0;
    Optional<String> position = Optional.empty();
    do {
      Page<Item> page = table.query(Keys.deadLetters(), "", position, PER_CALL, Consistency.STRONG);
      redriven +=
          GroupedWrites.commit(table, page.entries().stream().map(this::back).toList()).size();
      position = page.next();
    } while (position.isPresent());
    return redriven;
  }

  private List<Action> back(Item letter) {
    Map<String, Attribute> attributes = new HashMap<>(letter.attributes());
    attributes.keySet().removeAll(OF_REFUSALS);
    return List.of(
        Action.delete(letter.key(), Condition.present()),
        Action.put(new Item(outbox(letter.key()), attributes)));
  }

  /** Any shard will do: whose order it was in has long gone on. */
  private static Key outbox(Key letter) {
    int shard = Math.floorMod(letter.sort().hashCode(), Keys.OUTBOX_SHARDS);
    return Keys.outbox(shard, letter.sort());
  }
}
