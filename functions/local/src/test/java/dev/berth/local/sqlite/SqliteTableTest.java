package dev.berth.local.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.berth.registry.store.Action;
import dev.berth.registry.store.Attribute;
import dev.berth.registry.store.Condition;
import dev.berth.registry.store.Item;
import dev.berth.registry.store.Key;
import dev.berth.registry.store.StoreException;
import dev.berth.registry.store.Table.Consistency;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteTableTest {

  private static final Key KEY = new Key("p", "s");
  private static final Item ITEM = Item.at(KEY).text("t", "x").build();

  @TempDir Path directory;
  private Path file;

  @BeforeEach
  void nameFile() {
    file = directory.resolve("table.db");
  }

  @Test
  void itemsAreThereWhenTheFileIsOpenedAgain() {
    makeTable();

    try (SqliteTable table = SqliteTable.open(file)) {
      assertThat(table.get(KEY, Consistency.STRONG)).contains(ITEM);
    }
    assertThat(directory)
        .isDirectoryContaining("glob:**table.db")
        .isDirectoryNotContaining("glob:**-wal");
  }

  @Test
  void aClosedTableRefusesWhatIsAsked() {
    SqliteTable table = SqliteTable.open(file);
    table.close();
    table.close();

    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> table.get(KEY, Consistency.STRONG))
        .withMessage("the table is closed");
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> table.transact(Action.put(ITEM)))
        .withMessage("the table is closed");
  }

  @Test
  void aFullDiskIsAFaultAndTheTableGoesOn() throws SQLException {
    makeTable();
    Connection connection = Database.openToWrite(file);
    try (Statement statement = connection.createStatement();
        SqliteTable table = SqliteTable.open(file, connection)) {
      statement.execute("PRAGMA max_page_count = 20");
      Item large = Item.at(new Key("p", "large")).binary("b", new byte[200_000]).build();
      Item small = Item.at(new Key("p", "small")).text("t", "x").build();

      assertThatExceptionOfType(StoreException.class)
          .isThrownBy(() -> table.transact(Action.put(small), Action.put(large)))
          .withMessageContaining("database or disk is full")
          .withCauseInstanceOf(SQLException.class);

      assertThat(table.get(large.key(), Consistency.STRONG)).isEmpty();
      assertThat(table.get(small.key(), Consistency.STRONG)).isEmpty();
      assertThat(table.transact(Action.put(small, Condition.absent())).committed()).isTrue();
      assertThat(table.get(small.key(), Consistency.STRONG)).contains(small);
    }
  }

  @Test
  void aReaderGoesOnAfterAnError() throws SQLException {
    makeTable();
    try (Connection connection = Database.openToRead(file);
        Reader reader = new Reader(connection)) {
      assertThatExceptionOfType(SQLException.class)
          .isThrownBy(
              () ->
                  reader.read(
                      rows -> {
                        // as the driver does when a statement fails
                        rows.close();
                        return rows.read(KEY);
                      }));

      Optional<Map<String, Attribute>> attributes = reader.read(rows -> rows.read(KEY));
      assertThat(attributes).contains(ITEM.attributes());
    }
  }

  @Test
  void aFileOfALaterVersionIsRefused() throws SQLException {
    makeTable();
    change("PRAGMA user_version = 2");

    refusedToOpen("the table " + file + " has format 2, and this version of Berth reads format 1");
  }

  @Test
  void theDatabaseOfAnotherProgramIsRefusedAndLeftAsItIs() throws Exception {
    change("CREATE TABLE other (id INTEGER)");
    byte[] before = Files.readAllBytes(file);

    refusedToOpen(file + " is not a table of Berth");

    assertThat(Files.readAllBytes(file)).isEqualTo(before);
  }

  @Test
  void aFileThatIsNoDatabaseIsRefused() throws Exception {
    Files.writeString(file, "not a database, whatever its name says\n".repeat(100));

    refusedToOpen("file is not a database");
  }

  @Test
  void aDamagedFileIsRefused() throws Exception {
    makeTable();
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      // all behind the first page, which holds the header
      byte[] damage = new byte[(int) channel.size() - 4096];
      Arrays.fill(damage, (byte) 0x5A);
      channel.write(ByteBuffer.wrap(damage), 4096);
    }

    refusedToOpen("malformed");
  }

  @Test
  void aDirectoryThatIsAbsentIsNamed() {
    file = directory.resolve("absent/table.db");

    refusedToOpen("cannot open the table " + file);
  }

  @Test
  void aDamagedItemIsAFaultOfTheStore() throws SQLException {
    makeTable();
    change("UPDATE item SET attributes = x'01FF'");

    try (SqliteTable table = SqliteTable.open(file)) {
      assertThatExceptionOfType(StoreException.class)
          .isThrownBy(() -> table.get(KEY, Consistency.STRONG))
          .withMessage("item is damaged");
      assertThatExceptionOfType(StoreException.class)
          .isThrownBy(() -> table.transact(Action.delete(KEY, Condition.present())))
          .withMessageContaining("item is damaged");
    }
  }

  private void makeTable() {
    try (SqliteTable table = SqliteTable.open(file)) {
      table.transact(Action.put(ITEM));
    }
  }

  private void change(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private void refusedToOpen(String message) {
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> SqliteTable.open(file).close())
        .withMessageContaining(message);
  }
}
