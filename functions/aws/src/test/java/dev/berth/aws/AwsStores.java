package dev.berth.aws;

import dev.berth.aws.dynamodb.DynamoDbLocal;
import dev.berth.aws.dynamodb.DynamoDbTable;
import dev.berth.aws.dynamodb.DynamoDbTables;
import dev.berth.aws.s3.S3ProxyServer;
import dev.berth.registry.store.Objects;
import dev.berth.registry.store.Table;
import java.nio.file.Path;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The two ports on AWS, over DynamoDB Local and S3Proxy, and a counter of the calls to them. */
public final class AwsStores implements AutoCloseable {

  private static final String NAME = "berth";

  private final CallCounter calls = new CallCounter();
  private final DynamoDbLocal database;
  private final DynamoDbClient client;
  private final S3ProxyServer s3;
  private final Objects objects;

  /**
   * @param directory for the objects
   */
  public AwsStores(Path directory) throws Exception {
    database = new DynamoDbLocal();
    client = database.client(calls);
    DynamoDbTables.createIfAbsent(client, NAME);
    s3 = new S3ProxyServer(directory);
    objects = s3.newBucket(NAME, calls);
  }

  public Table table() {
    return new DynamoDbTable(client, NAME);
  }

  public Objects objects() {
    return objects;
  }

  public CallCounter calls() {
    return calls;
  }

  @Override
  public void close() {
    s3.close();
    client.close();
    database.close();
  }
}
