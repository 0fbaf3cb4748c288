package dev.berth.aws.dynamodb;

import dev.berth.registry.store.Table;
import dev.berth.registry.store.TableContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

class DynamoDbLocalContractTest extends TableContract {

  private static final String NAME = "berth";

  private static DynamoDbLocal database;
  private static DynamoDbClient client;

  @BeforeAll
  static void start() throws Exception {
    database = new DynamoDbLocal();
    client = database.client();
    DynamoDbTables.createIfAbsent(client, NAME);
  }

  @AfterAll
  static void stop() {
    client.close();
    database.close();
  }

  @Override
  public Table table() {
    return new DynamoDbTable(client, NAME);
  }
}
