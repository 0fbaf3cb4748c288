package dev.berth.local.sqlite;

import dev.berth.registry.store.StoreException;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;

/**
 * A few connections for any number of callers, each for one read at a time. A read takes
 * microseconds and occupies its thread (native code), so more connections than cores gain nothing.
 */
final class ReaderPool implements AutoCloseable {

  /** A read over one connection. */
  interface Read<T> {
    T from(Rows rows) throws SQLException;
  }

  private final int size;
  private final Semaphore permits;
  private final ConcurrentLinkedQueue<Rows> idle;
  private volatile boolean closed;

  ReaderPool(List<Rows> readers) {
    this.size = readers.size();
    this.permits = new Semaphore(size);
    this.idle = new ConcurrentLinkedQueue<>(readers);
  }

  <T> T with(Read<T> read) {
    permits.acquireUninterruptibly();
    try {
      if (closed) {
        throw new StoreException("the table is closed");
      }
      Rows rows = idle.remove();
      try {
        return read.from(rows);
      } finally {
        idle.add(rows);
      }
    } catch (SQLException e) {
      throw new StoreException("cannot read the table: " + e.getMessage(), e);
    } finally {
      permits.release();
    }
  }

  /** Waits for the reads that are under way. */
  @Override
  public void close() throws SQLException {
    permits.acquireUninterruptibly(size);
    try {
      closed = true;
      while (!idle.isEmpty()) {
        idle.remove().close();
      }
    } finally {
      permits.release(size);
    }
  }
}
