package dev.berth.aws;

import dev.berth.registry.race.RacesContract;
import dev.berth.registry.store.Objects;
import dev.berth.registry.store.Table;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class AwsRacesTest extends RacesContract {

  @TempDir static Path directory;
  private static AwsStores stores;

  @BeforeAll
  static void open() throws Exception {
    stores = new AwsStores(directory);
  }

  @AfterAll
  static void close() {
    stores.close();
  }

  @Override
  protected Table table() {
    return stores.table();
  }

  @Override
  protected Objects objects() {
    return stores.objects();
  }
}
