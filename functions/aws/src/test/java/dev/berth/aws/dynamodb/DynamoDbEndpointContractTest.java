package dev.berth.aws.dynamodb;

import dev.berth.registry.store.Table;
import dev.berth.registry.store.TableContract;
import java.net.URI;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * The contract against the DynamoDB that an environment variable names, with the credentials and
 * the region of the SDK's default chains. It makes a table of its own and deletes it.
 */
@EnabledIfEnvironmentVariable(
    named = DynamoDbEndpointContractTest.ENDPOINT,
    matches = ".+",
    disabledReason = "no DynamoDB is named by " + DynamoDbEndpointContractTest.ENDPOINT)
class DynamoDbEndpointContractTest extends TableContract {

  static final String ENDPOINT = "BERTH_TEST_DYNAMODB_ENDPOINT";

  private static final String NAME = "berth-test-" + UUID.randomUUID();

  private static DynamoDbClient client;

  @BeforeAll
  static void create() {
    client = DynamoDbClient.builder().endpointOverride(URI.create(System.getenv(ENDPOINT))).build();
    DynamoDbTables.createIfAbsent(client, NAME);
  }

  @AfterAll
  static void delete() {
    client.deleteTable(table -> table.tableName(NAME));
    client.close();
  }

  @Override
  public Table table() {
    return new DynamoDbTable(client, NAME);
  }
}
