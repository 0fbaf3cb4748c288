package dev.berth.local.sqlite;

import java.sql.Connection;
import java.sql.SQLException;

/** A connection that reads, one caller at a time. */
final class Reader implements AutoCloseable {

  /** What is read. */
  interface Read<T> {
    T from(Rows rows) throws SQLException;
  }

  private final Connection connection;
  private Rows rows;

  Reader(Connection connection) throws SQLException {
    this.connection = connection;
    this.rows = new Rows(connection);
  }

  <T> T read(Read<T> read) throws SQLException {
    try {
      return read.from(rows);
    } catch (SQLException e) {
      renew(e);
      throw e;
    }
  }

  /** Whatever fails here as well is told with the cause, and tried again at the next failure. */
  private void renew(SQLException cause) {
    try {
      rows.close();
      rows = new Rows(connection);
    } catch (SQLException e) {
      cause.addSuppressed(e);
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
