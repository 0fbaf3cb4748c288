package dev.berth.local.host;

import dev.berth.aws.AwsRegion;
import dev.berth.local.files.FileObjects;
import dev.berth.local.files.LinkSigner;
import dev.berth.local.host.HostSettings.Stores;
import dev.berth.local.sqlite.SqliteTable;
import dev.berth.registry.store.Objects;
import dev.berth.registry.store.StoreException;
import dev.berth.registry.store.Table;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What keeps one region's items and objects.
 *
 * @param opened what {@link #close} closes
 */
record RegionStores(Table table, Objects objects, List<AutoCloseable> opened)
    implements AutoCloseable {

  /**
   * @param directory of the region, for the stores that are files
   * @throws SetupException if a store cannot be opened
   */
  static RegionStores open(String region, Path directory, Stores stores, LinkSigner links) {
    List<AutoCloseable> opened = new ArrayList<>();
    try {
      var aws = add(opened, new AwsRegion(region));
      Table table =
          switch (stores.table()) {
            case sqlite -> add(opened, SqliteTable.open(directory.resolve("table.db")));
            case dynamodb -> aws.table(named("BERTH_TABLE", region));
          };
      Objects objects =
          switch (stores.objects()) {
            case files -> add(opened, new FileObjects(directory.resolve("objects"), links));
            case s3 -> aws.objects(named("BERTH_BUCKET", region));
          };
      return new RegionStores(table, objects, List.copyOf(opened.reversed()));
    } catch (StoreException e) {
      Closing.all(opened.reversed());
      throw new SetupException("cannot open the stores of " + region + ": " + e.getMessage());
    }
  }

  private static String named(String variable, String region) {
    return Optional.ofNullable(System.getenv(variable)).orElse("berth-" + region);
  }

  private static <T extends AutoCloseable> T add(List<AutoCloseable> opened, T store) {
    opened.add(store);
    return store;
  }

  @Override
  public void close() {
    Closing.all(opened);
  }
}
