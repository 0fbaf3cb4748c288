package dev.berth.local.host;

import dev.berth.aws.AwsRegion;
import dev.berth.local.files.FileObjects;
import dev.berth.local.files.LinkSigner;
import dev.berth.local.host.HostSettings.Stores;
import dev.berth.local.kms.LocalKms;
import dev.berth.local.sqlite.SqliteTable;
import dev.berth.registry.encryption.EncryptionKeys;
import dev.berth.registry.store.Objects;
import dev.berth.registry.store.StoreException;
import dev.berth.registry.store.Table;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What keeps one region's items and objects, and the keys that objects are encrypted with: those of
 * the store that keeps them.
 *
 * @param opened what {@link #close} closes
 */
record RegionStores(
    String region, Table table, Objects objects, EncryptionKeys keys, List<AutoCloseable> opened)
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
            case dynamodb -> aws.table(tableName(region));
          };
      return switch (stores.objects()) {
        case files -> {
          var keys = new LocalKms(region, directory.resolve("kms"));
          var objects = add(opened, new FileObjects(directory.resolve("objects"), links, keys));
          yield new RegionStores(region, table, objects, keys, List.copyOf(opened.reversed()));
        }
        case s3 -> {
          Objects objects = aws.objects(named("BERTH_BUCKET", region));
          EncryptionKeys keys = aws.keys(Optional.ofNullable(System.getenv("BERTH_ROLE_ARN")));
          yield new RegionStores(region, table, objects, keys, List.copyOf(opened.reversed()));
        }
      };
    } catch (StoreException e) {
      Closing.all(opened.reversed());
      throw new SetupException("cannot open the stores of " + region + ": " + e.getMessage());
    }
  }

  static String tableName(String region) {
    return named("BERTH_TABLE", region);
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
