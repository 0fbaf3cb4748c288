package dev.berth.aws.dynamodb;

import dev.berth.registry.race.IdentityRacesContract;
import dev.berth.registry.store.Table;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

class DynamoDbIdentityRacesTest extends IdentityRacesContract {

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
  protected Table table() {
    return new DynamoDbTable(client, NAME);
  }
}
