package dev.berth.local.host;

import dev.berth.local.files.FileObjects;
import dev.berth.local.files.TestKeys;
import dev.berth.local.sqlite.SqliteTable;
import dev.berth.registry.race.CollectionRaces;
import dev.berth.registry.store.Objects;
import dev.berth.registry.store.Table;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class LocalCollectionRacesTest extends CollectionRaces {

  @TempDir static Path directory;
  private static SqliteTable table;
  private static FileObjects objects;

  @BeforeAll
  static void open() {
    table = SqliteTable.open(directory.resolve("table.db"));
    objects =
        new FileObjects(
            directory.resolve("objects"), StreamingExchangesTest.links(), TestKeys.none());
  }

  @AfterAll
  static void close() throws IOException {
    objects.close();
    table.close();
  }

  @Override
  protected Table table() {
    return table;
  }

  @Override
  protected Objects store() {
    return objects;
  }
}
