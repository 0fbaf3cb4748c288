package dev.berth.aws.dynamodb;

import dev.berth.registry.store.Limits;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** Makes the table where no stack does: in tests, and before an emulator. */
public final class DynamoDbTables {

  private DynamoDbTables() {}

  /** Makes the table, paid by request, unless it is there; returns when it can be used. */
  public static void createIfAbsent(DynamoDbClient client, String name) {
    try {
      client.createTable(
          table ->
              table
                  .tableName(name)
                  .billingMode(BillingMode.PAY_PER_REQUEST)
                  .attributeDefinitions(text(Limits.PARTITION), text(Limits.SORT))
                  .keySchema(key(Limits.PARTITION, KeyType.HASH), key(Limits.SORT, KeyType.RANGE)));
    } catch (ResourceInUseException e) {
      System.getLogger(DynamoDbTables.class.getName())
          .log(System.Logger.Level.DEBUG, () -> "table " + name + " is there", e);
    }
    try (var waiter = client.waiter()) {
      waiter.waitUntilTableExists(table -> table.tableName(name));
    }
  }

  private static AttributeDefinition text(String name) {
    return AttributeDefinition.builder()
        .attributeName(name)
        .attributeType(ScalarAttributeType.S)
        .build();
  }

  private static KeySchemaElement key(String name, KeyType type) {
    return KeySchemaElement.builder().attributeName(name).keyType(type).build();
  }
}
