package dev.berth.local.sqlite;

import dev.berth.registry.store.StoreException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.SynchronousMode;

/** The file: how it is opened, and how its format is told. */
final class Database {

  /** "Brth", in the header of the file: tells our file from another program's. */
  private static final int APPLICATION = 0x42727468;

  private static final int FORMAT = 1;

  private static final int READER_CACHE_KIB = 8 * 1024;

  private Database() {}

  /**
   * The connection that writes; there is one at a time. Makes the table in a file that is new.
   *
   * @throws StoreException if the file is not ours, is damaged or has a format of a later version
   */
  static Connection openToWrite(Path file) {
    if (file.toString().indexOf('?') >= 0) {
      throw new StoreException("the path of the table cannot contain '?': " + file);
    }
    SQLiteConfig config = new SQLiteConfig();
    // syncs the log at each commit: what was acknowledged is there after a loss of power as well
    config.setSynchronous(SynchronousMode.FULL);
    try {
      Connection connection = config.createConnection("jdbc:sqlite:" + file.toAbsolutePath());
      try {
        prepare(connection, file);
        return connection;
      } catch (SQLException | StoreException e) {
        connection.close();
        throw e;
      }
    } catch (SQLException e) {
      throw new StoreException("cannot open the table %s: %s".formatted(file, e.getMessage()), e);
    }
  }

  static Connection openToRead(Path file) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(true);
    config.setCacheSize(-READER_CACHE_KIB);
    return config.createConnection("jdbc:sqlite:" + file.toAbsolutePath());
  }

  private static void prepare(Connection connection, Path file) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      int application = number(statement, "PRAGMA application_id");
      int format = number(statement, "PRAGMA user_version");
      boolean empty = number(statement, "SELECT count(*) FROM sqlite_schema") == 0;
      if (empty && application == 0 && format == 0) {
        create(statement);
      } else if (application != APPLICATION) {
        throw new StoreException(file + " is not a table of Berth");
      } else if (format != FORMAT) {
        throw new StoreException(
            "the table %s has format %d, and this version of Berth reads format %d"
                .formatted(file, format, FORMAT));
      }
      // after the checks: it changes the file
      statement.execute("PRAGMA journal_mode = WAL");
      // finds a damaged file when it opens, not at the first request
      statement.execute("SELECT 1 FROM item LIMIT 1");
    }
  }

  /** In one transaction, so that a crash leaves an empty file or a whole table. */
  private static void create(Statement statement) throws SQLException {
    statement.execute("BEGIN IMMEDIATE");
    // the default collation compares UTF-8 bytes, as DynamoDB does
    statement.execute(
        """
        CREATE TABLE item (
          partition TEXT NOT NULL,
          sort TEXT NOT NULL,
          attributes BLOB NOT NULL,
          PRIMARY KEY (partition, sort)
        ) STRICT, WITHOUT ROWID\
        """);
    statement.execute("PRAGMA application_id = " + APPLICATION);
    statement.execute("PRAGMA user_version = " + FORMAT);
    statement.execute("COMMIT");
  }

  private static int number(Statement statement, String query) throws SQLException {
    try (ResultSet rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getInt(1);
    }
  }
}
