package dev.berth.local.bus;

import dev.berth.registry.store.Action;
import dev.berth.registry.store.Key;
import dev.berth.registry.store.StoreException;
import dev.berth.registry.store.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Removes from the table what was delivered, a little later and many at once, with one sync of the
 * disk: after a crash in between an event is delivered again.
 */
final class Removals implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(Removals.class.getName());
  private static final long LINGER_MILLIS = 50;
  private static final long AFTER_A_FAULT_MILLIS = 5000;

  private final Table table;
  private final BlockingQueue<Key> done = new LinkedBlockingQueue<>();
  private final Thread thread;

  Removals(Table table) {
    this.table = table;
    this.thread = Thread.ofPlatform().daemon().name("delivered").start(this::run);
  }

  void add(Key key) {
    done.add(key);
  }

  private void run() {
    List<Key> keys = new ArrayList<>();
    try {
      while (true) {
        gather(keys);
        removeForSure(keys);
        keys.clear();
      }
    } catch (InterruptedException e) {
      // they are removed by who ends this
      done.addAll(keys);
    }
  }

  /** Waits for one, and a moment for more unless there are as many as go together. */
  private void gather(List<Key> keys) throws InterruptedException {
    keys.add(done.take());
    if (done.size() < Table.MOST) {
      Thread.sleep(LINGER_MILLIS);
    }
    done.drainTo(keys, Table.MOST - 1);
  }

  private void removeForSure(List<Key> keys) throws InterruptedException {
    while (true) {
      try {
        remove(keys);
        return;
      } catch (RuntimeException e) {
        LOG.log(System.Logger.Level.ERROR, "what was delivered is removed later", e);
        Thread.sleep(AFTER_A_FAULT_MILLIS);
      }
    }
  }

  private void remove(List<Key> keys) {
    table.transact(keys.stream().<Action>map(Action::delete).toList());
  }

  /**
   * Removes what is left.
   *
   * @throws StoreException if it cannot: the next host delivers it again
   */
  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    List<Key> rest = new ArrayList<>();
    while (done.drainTo(rest, Table.MOST) > 0) {
      remove(rest);
      rest.clear();
    }
  }
}
