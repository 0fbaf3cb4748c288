package dev.berth.local.sqlite;

import dev.berth.registry.store.Action;
import dev.berth.registry.store.Attribute;
import dev.berth.registry.store.Item;
import dev.berth.registry.store.Key;
import dev.berth.registry.store.Outcome;
import dev.berth.registry.store.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
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
 * Applies transactions one after another on its own thread. Those that wait when it comes round are
 * committed together, with one sync of the disk, and only then answered.
 */
final class Writer implements AutoCloseable {

  /** Bounds how long the first of a group waits for the others to be applied. */
  private static final int MOST_TOGETHER = 128;

  private final Connection connection;
  private Statements statements;
  private final BlockingQueue<Waiting> queue = new LinkedBlockingQueue<>();
  private final Waiting end = new Waiting(List.of(), new CompletableFuture<>());
  private boolean closed;

  private record Waiting(List<Action> actions, CompletableFuture<Outcome> answer) {}

  Writer(Connection connection) throws SQLException {
    this.connection = connection;
    this.statements = new Statements(connection);
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
      statements.begin();
      for (Waiting waiting : group) {
        answers.add(apply(waiting));
      }
      statements.commit();
      answers.forEach(Runnable::run);
    } catch (SQLException | RuntimeException | Error e) {
      // an Error too: whoever waits must hear of it, and the thread goes on
      recover(e);
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
      Optional<Map<String, Attribute>> item = statements.read(action.key());
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
      statements.put(item);
    }
    for (Key key : deletes) {
      statements.delete(key);
    }
    return new Outcome.Committed();
  }

  /** Whatever fails here as well is told with the cause, and tried again at the next failure. */
  private void recover(Throwable cause) {
    try (Statement statement = connection.createStatement()) {
      statement.execute("ROLLBACK");
    } catch (SQLException e) {
      // SQLite itself rolls back after some errors, and then refuses to do it again
      cause.addSuppressed(e);
    }
    try {
      statements.close();
      statements = new Statements(connection);
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
