package dev.berth.local.sqlite;

import dev.berth.registry.store.Action;
import dev.berth.registry.store.Attribute;
import dev.berth.registry.store.Item;
import dev.berth.registry.store.Key;
import dev.berth.registry.store.Limits;
import dev.berth.registry.store.Outcome;
import dev.berth.registry.store.Page;
import dev.berth.registry.store.StoreException;
import dev.berth.registry.store.Table;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The table in one SQLite file. A transaction that was answered is on the disk; a crash at any
 * moment leaves whole transactions only. Both consistencies are strong here.
 *
 * <p>The file belongs to one process at a time, which is for the caller to see to.
 */
public final class SqliteTable implements Table, AutoCloseable {

  private static final int READERS = 4;

  private final Writer writer;
  private final ReaderPool readers;

  SqliteTable(Writer writer, ReaderPool readers) {
    this.writer = writer;
    this.readers = readers;
  }

  /**
   * Opens the file, or makes it where there is none in a directory that exists.
   *
   * @throws StoreException if the file is not a table of Berth, is damaged or was written by a
   *     later version
   */
  public static SqliteTable open(Path file) {
    return open(file, Database.openToWrite(file));
  }

  static SqliteTable open(Path file, Connection toWrite) {
    List<Reader> readers = new ArrayList<>();
    try {
      for (int i = 0; i < READERS; i++) {
        readers.add(new Reader(Database.openToRead(file)));
      }
      return new SqliteTable(new Writer(toWrite), new ReaderPool(readers));
    } catch (SQLException e) {
      StoreException cause =
          new StoreException("cannot open the table %s: %s".formatted(file, e.getMessage()), e);
      readers.forEach(reader -> close(reader, cause));
      close(toWrite, cause);
      throw cause;
    }
  }

  private static void close(AutoCloseable connection, StoreException cause) {
    try {
      connection.close();
    } catch (Exception e) {
      cause.addSuppressed(e);
    }
  }

  @Override
  public Map<Key, Item> get(Collection<Key> keys, Consistency consistency) {
    Set<Key> distinct = Limits.distinct(keys);
    return readers.with(
        rows -> {
          Map<Key, Item> items = HashMap.newHashMap(distinct.size());
          for (Key key : distinct) {
            Optional<Map<String, Attribute>> attributes = rows.read(key);
            attributes.ifPresent(found -> items.put(key, new Item(key, found)));
          }
          return items;
        });
  }

  @Override
  public Page<Item> query(
      String partition, String prefix, Optional<String> after, int limit, Consistency consistency) {
    Limits.check(partition, prefix, after, limit);
    return readers.with(rows -> rows.page(partition, prefix, after, limit));
  }

  @Override
  public Scanned scan(String prefix, Optional<Key> after, int limit) {
    return readers.with(rows -> rows.scan(prefix, after, limit));
  }

  @Override
  public Outcome transact(List<Action> actions) {
    Limits.check(actions);
    return writer.write(List.copyOf(actions));
  }

  /** Waits for what is under way. What is asked later is refused with a {@link StoreException}. */
  @Override
  public void close() {
    try {
      readers.close();
      // last: whoever closes the last connection folds the log into the file
      writer.close();
    } catch (SQLException e) {
      throw new StoreException("cannot close the table: " + e.getMessage(), e);
    }
  }
}
