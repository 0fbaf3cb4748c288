package dev.berth.local.sqlite;

import dev.berth.registry.store.Action;
import dev.berth.registry.store.Attribute;
import dev.berth.registry.store.Item;
import dev.berth.registry.store.Key;
import dev.berth.registry.store.Outcome;
import dev.berth.registry.store.StoreException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Applies transactions one after another on its own thread. Those that wait when it comes round
 * are committed together, with one sync of the disk, and only then answered.
 */
final class Writer implements AutoCloseable {

  /** Bounds how long the first of a group waits for the others to be applied. */
  private static final int MOST_TOGETHER = 128;


  private final Connection connection;
  private final Rows rows;
  private final PreparedStatement put;
  private final PreparedStatement delete;
  private final PreparedStatement begin;
  private final PreparedStatement commit;
  private final PreparedStatement rollback;
  private final BlockingQueue<Waiting> queue = new LinkedBlockingQueue<>();
  private final Waiting end = new Waiting(List.of(), new CompletableFuture<>());
  private boolean closed;

  private record Waiting(List<Action> actions, CompletableFuture<Outcome> answer) {}

  Writer(Connection connection) throws SQLException {
    this.connection = connection;
    this.rows = new Rows(connection);
    this.put =
        connection.prepareStatement(
            """
            INSERT INTO item (partition, sort, attributes) VALUES (?, ?, ?)
            ON CONFLICT DO UPDATE SET attributes = excluded.attributes""");
    this.delete =
        connection.prepareStatement("DELETE FROM item WHERE partition = ? AND sort = ?");
    this.begin = connection.prepareStatement("BEGIN IMMEDIATE");
    this.commit = connection.prepareStatement("COMMIT");
    this.rollback = connection.prepareStatement("ROLLBACK");
    Thread.ofPlatform().name("table-writer").daemon().start(this::run);
  }

  /**
   * @throws IllegalArgumentException if an update makes an item that is beyond its bounds
   */
  Outcome write(List<Action> actions) {
    Waiting waiting = new Waiting(actions, new CompletableFuture<>());
    enqueue(waiting);
    try {
      return waiting.answer().join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof IllegalArgumentException beyond) {
        throw new IllegalArgumentException(beyond.getMessage(), beyond);
      }
      throw new StoreException(
          "cannot write to the table: " + e.getCause().getMessage(), e.getCause());
    }
  }

  private synchronized void enqueue(Waiting waiting) {
    if (closed) {
      throw new StoreException("the table is closed");
    }
    queue.add(waiting);
  }

  private void run() {
    List<Waiting> group = new ArrayList<>();
    while (group.isEmpty() || group.getLast() != end) {
      group.clear();
      try {
        group.add(queue.take());
      } catch (InterruptedException e) {
        throw new IllegalStateException("nobody interrupts this thread", e);
      }
      queue.drainTo(group, MOST_TOGETHER - 1);
      writeTogether(group);
    }
  }

  private void writeTogether(List<Waiting> group) {
    List<Runnable> answers = new ArrayList<>(group.size());
    try {
      begin.execute();
      for (Waiting waiting : group) {
        answers.add(apply(waiting));
      }
      commit.execute();
      answers.forEach(Runnable::run);
    } catch (SQLException | RuntimeException | Error e) {
      // an Error too: whoever waits must hear of it, and the thread goes on
      rollBack(e);
      group.forEach(waiting -> waiting.answer().completeExceptionally(e));
    }
  }

  private Runnable apply(Waiting waiting) throws SQLException {
    CompletableFuture<Outcome> answer = waiting.answer();
    try {
      Outcome outcome = apply(waiting.actions());
      return () -> answer.complete(outcome);
    } catch (IllegalArgumentException beyond) {
      return () -> answer.completeExceptionally(beyond);
    }
  }

  /** Checks all conditions and makes all new items before it writes the first. */
  private Outcome apply(List<Action> actions) throws SQLException {
    Set<Integer> failed = new HashSet<>();
    List<Optional<Map<String, Attribute>>> before = new ArrayList<>(actions.size());
    for (Action action : actions) {
      Optional<Map<String, Attribute>> item = rows.read(action.key());
      if (!Changes.holds(action.condition(), item)) {
        failed.add(before.size());
      }
      before.add(item);
    }
    if (!failed.isEmpty()) {
      return new Outcome.Refused(failed);
    }
    List<Item> puts = new ArrayList<>();
    List<Key> deletes = new ArrayList<>();
    for (int i = 0; i < actions.size(); i++) {
      switch (actions.get(i)) {
        case Action.Put action -> puts.add(action.item());
        case Action.Update update -> puts.add(Changes.updated(update, before.get(i)));
        case Action.Delete action -> deletes.add(action.key());
        case Action.Check _ -> {}
      }
    }
    for (Item item : puts) {
      put(item);
    }
    for (Key key : deletes) {
      delete(key);
    }
    return new Outcome.Committed();
  }

  private void put(Item item) throws SQLException {
    put.setString(1, item.key().partition());
    put.setString(2, item.key().sort());
    put.setBytes(3, Codec.encode(item.attributes()));
    put.executeUpdate();
  }

  private void delete(Key key) throws SQLException {
    delete.setString(1, key.partition());
    delete.setString(2, key.sort());
    delete.executeUpdate();
  }

  /** SQLite itself rolls back after some errors (a full disk), and then refuses to do it again. */
  private void rollBack(Throwable cause) {
    try {
      rollback.execute();
    } catch (SQLException e) {
      cause.addSuppressed(e);
    }
  }

  /** Returns when all that was taken is answered. */
  @Override
  public void close() throws SQLException {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      queue.add(end);
    }
    end.answer().handle((_, _) -> null).join();
    connection.close();
  }
}
