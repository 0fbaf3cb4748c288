package dev.berth.local.sqlite;

import dev.berth.registry.store.Attribute;
import dev.berth.registry.store.Item;
import dev.berth.registry.store.Key;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;

/** What the writer's connection does, prepared. The driver closes a statement that failed. */
final class Statements implements AutoCloseable {

  private final Rows rows;
  private final PreparedStatement put;
  private final PreparedStatement delete;
  private final PreparedStatement begin;
  private final PreparedStatement commit;

  Statements(Connection connection) throws SQLException {
    this.rows = new Rows(connection);
    this.put =
        connection.prepareStatement(
            """
            INSERT INTO item (partition, sort, attributes) VALUES (?, ?, ?)
            ON CONFLICT DO UPDATE SET attributes = excluded.attributes\
            """);
    this.delete = connection.prepareStatement("DELETE FROM item WHERE partition = ? AND sort = ?");
    this.begin = connection.prepareStatement("BEGIN IMMEDIATE");
    this.commit = connection.prepareStatement("COMMIT");
  }

  void begin() throws SQLException {
    begin.execute();
  }

  void commit() throws SQLException {
    commit.execute();
  }

  Optional<Map<String, Attribute>> read(Key key) throws SQLException {
    return rows.read(key);
  }

  void put(Item item) throws SQLException {
    put.setString(1, item.key().partition());
    put.setString(2, item.key().sort());
    put.setBytes(3, Codec.encode(item.attributes()));
    put.executeUpdate();
  }

  void delete(Key key) throws SQLException {
    delete.setString(1, key.partition());
    delete.setString(2, key.sort());
    delete.executeUpdate();
  }

  @Override
  public void close() throws SQLException {
    rows.close();
    put.close();
    delete.close();
    begin.close();
    commit.close();
  }
}
