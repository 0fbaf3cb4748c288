package dev.berth.local.sqlite;

import dev.berth.registry.store.Attribute;
import dev.berth.registry.store.Item;
import dev.berth.registry.store.Key;
import dev.berth.registry.store.Limits;
import dev.berth.registry.store.Page;
import dev.berth.registry.store.Table.Scanned;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads items over one connection, with statements that stay prepared. For one thread at a time.
 * The driver closes a statement that failed.
 */
final class Rows implements AutoCloseable {

  private final PreparedStatement select;
  private final PreparedStatement page;
  private final PreparedStatement scan;

  Rows(Connection connection) throws SQLException {
    this.select =
        connection.prepareStatement("SELECT attributes FROM item WHERE partition = ? AND sort = ?");
    // one lower bound, so that the seek goes straight to where the page begins
    this.page =
        connection.prepareStatement(
            """
            SELECT sort, attributes FROM item
            WHERE partition = ?1 AND sort >= max(?2, ?3) AND sort <> ?3
            ORDER BY sort\
            """);
    this.scan =
        connection.prepareStatement(
            """
            SELECT partition, sort, attributes FROM item
            WHERE (partition, sort) > (?1, ?2)
            ORDER BY partition, sort\
            """);
  }

  Optional<Map<String, Attribute>> read(Key key) throws SQLException {
    select.setString(1, key.partition());
    select.setString(2, key.sort());
    try (ResultSet row = select.executeQuery()) {
      return row.next() ? Optional.of(Codec.decode(row.getBytes(1))) : Optional.empty();
    }
  }

  /** A page that ends at the limit, or earlier behind {@link Limits#PAGE_BYTES}. */
  Page<Item> page(String partition, String prefix, Optional<String> after, int limit)
      throws SQLException {
    page.setString(1, partition);
    page.setString(2, prefix);
    // no sort key is empty, so the empty one is before all
    page.setString(3, after.orElse(""));
    List<Item> items = new ArrayList<>();
    int bytes = 0;
    try (ResultSet rows = page.executeQuery()) {
      while (rows.next()) {
        String sort = rows.getString(1);
        if (!sort.startsWith(prefix)) {
          break;
        }
        if (items.size() == limit || bytes >= Limits.PAGE_BYTES) {
          return new Page<>(items, Optional.of(items.getLast().key().sort()));
        }
        byte[] attributes = rows.getBytes(2);
        bytes += attributes.length;
        items.add(new Item(new Key(partition, sort), Codec.decode(attributes)));
      }
    }
    return new Page<>(items, Optional.empty());
  }

  /** A page of all items whose partition begins so, ended as {@link #page} is. */
  Scanned scan(String prefix, Optional<Key> after, int limit) throws SQLException {
    scan.setString(1, after.map(Key::partition).orElse(prefix));
    scan.setString(2, after.map(Key::sort).orElse(""));
    List<Item> items = new ArrayList<>();
    int bytes = 0;
    try (ResultSet rows = scan.executeQuery()) {
      while (rows.next() && rows.getString(1).startsWith(prefix)) {
        if (items.size() == limit || bytes >= Limits.PAGE_BYTES) {
          return new Scanned(items, Optional.of(items.getLast().key()));
        }
        byte[] attributes = rows.getBytes(3);
        bytes += attributes.length;
        items.add(
            new Item(new Key(rows.getString(1), rows.getString(2)), Codec.decode(attributes)));
      }
    }
    return new Scanned(items, Optional.empty());
  }

  @Override
  public void close() throws SQLException {
    select.close();
    page.close();
    scan.close();
  }
}
