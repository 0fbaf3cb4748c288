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

  private final int size;
  private final Semaphore permits;
  private final ConcurrentLinkedQueue<Reader> idle;
  private volatile boolean closed;

  ReaderPool(List<Reader> readers) {
    this.size = readers.size();
    this.permits = new Semaphore(size);
    this.idle = new ConcurrentLinkedQueue<>(readers);
  }

  <T> T with(Reader.Read<T> read) {
    permits.acquireUninterruptibly();
    try {
      if (closed) {
        throw new StoreException("the table is closed");
      }
      Reader reader = idle.remove();
      try {
        return reader.read(read);
      } finally {
        idle.add(reader);
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
