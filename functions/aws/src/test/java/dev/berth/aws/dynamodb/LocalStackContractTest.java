package dev.berth.aws.dynamodb;

import dev.berth.registry.store.Table;
import dev.berth.registry.store.TableContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.localstack.LocalStackContainer;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Skipped where there is no container engine. */
@Testcontainers(disabledWithoutDocker = true)
class LocalStackContractTest extends TableContract {

  // the last version that needs no account
  @Container
  private static final LocalStackContainer LOCAL_STACK =
      new LocalStackContainer("localstack/localstack:4.14.0").withServices("dynamodb");

  private static final String NAME = "berth";

  private static DynamoDbClient client;

  @BeforeAll
  static void create() {
    client = DynamoDbLocal.client(LOCAL_STACK.getEndpoint(), LOCAL_STACK.getRegion());
    DynamoDbTables.createIfAbsent(client, NAME);
  }

  @AfterAll
  static void close() {
    client.close();
  }

  @Override
  public Table table() {
    return new DynamoDbTable(client, NAME);
  }
}
