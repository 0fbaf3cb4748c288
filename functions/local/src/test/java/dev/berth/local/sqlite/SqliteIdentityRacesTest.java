package dev.berth.local.sqlite;

import dev.berth.registry.race.IdentityRacesContract;
import dev.berth.registry.store.Table;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class SqliteIdentityRacesTest extends IdentityRacesContract {

  @TempDir static Path directory;
  private static SqliteTable table;

  @BeforeAll
  static void open() {
    table = SqliteTable.open(directory.resolve("table.db"));
  }

  @AfterAll
  static void close() {
    table.close();
  }

  @Override
  protected Table table() {
    return table;
  }
}
