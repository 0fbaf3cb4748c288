package dev.berth.local.host;

import dev.berth.aws.dynamodb.DynamoDbTable;
import dev.berth.aws.dynamodb.DynamoDbTables;
import dev.berth.aws.s3.S3Clients;
import dev.berth.aws.s3.S3Objects;
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
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

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
      Table table =
          switch (stores.table()) {
            case sqlite -> add(opened, SqliteTable.open(directory.resolve("table.db")));
            case dynamodb -> dynamoDb(opened, region);
          };
      Objects objects =
          switch (stores.objects()) {
            case files -> add(opened, new FileObjects(directory.resolve("objects"), links));
            case s3 -> s3(opened, region);
          };
      return new RegionStores(table, objects, List.copyOf(opened.reversed()));
    } catch (StoreException | SdkException e) {
      Closing.all(opened.reversed());
      throw new SetupException("cannot open the stores of " + region + ": " + e.getMessage());
    }
  }

  private static Table dynamoDb(List<AutoCloseable> opened, String region) {
    var client = add(opened, DynamoDbClient.builder().region(Region.of(region)).build());
    String name = named("BERTH_TABLE", region);
    DynamoDbTables.createIfAbsent(client, name);
    return new DynamoDbTable(client, name);
  }

  /**
   * By path, so that a bucket of any S3 on this machine is found without a host name of its own.
   */
  private static Objects s3(List<AutoCloseable> opened, String region) {
    var byPath = S3Configuration.builder().pathStyleAccessEnabled(true).build();
    var client =
        add(
            opened,
            S3Clients.builder().region(Region.of(region)).serviceConfiguration(byPath).build());
    var presigner =
        add(
            opened,
            S3Presigner.builder().region(Region.of(region)).serviceConfiguration(byPath).build());
    return new S3Objects(client, presigner, named("BERTH_BUCKET", region));
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
