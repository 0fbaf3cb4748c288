package dev.berth.aws.dynamodb;

import dev.berth.registry.store.Action;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/** The actions of a transaction as DynamoDB has them. */
final class Writes {

  private Writes() {}

  static TransactWriteItem of(String table, Action action) {
    Expressions expressions = new Expressions();
    String condition = expressions.condition(action.condition()).orElse(null);
    TransactWriteItem.Builder write = TransactWriteItem.builder();
    switch (action) {
      case Action.Put put ->
          write.put(
              one ->
                  one.tableName(table)
                      .item(Attributes.of(put.item()))
                      .conditionExpression(condition)
                      .expressionAttributeNames(expressions.names())
                      .expressionAttributeValues(expressions.values()));
      case Action.Update update -> {
        String change = expressions.update(update);
        write.update(
            one ->
                one.tableName(table)
                    .key(Attributes.of(update.key()))
                    .updateExpression(change)
                    .conditionExpression(condition)
                    .expressionAttributeNames(expressions.names())
                    .expressionAttributeValues(expressions.values()));
      }
      case Action.Delete delete ->
          write.delete(
              one ->
                  one.tableName(table)
                      .key(Attributes.of(delete.key()))
                      .conditionExpression(condition)
                      .expressionAttributeNames(expressions.names())
                      .expressionAttributeValues(expressions.values()));
      case Action.Check check ->
          write.conditionCheck(
              one ->
                  one.tableName(table)
                      .key(Attributes.of(check.key()))
                      .conditionExpression(condition)
                      .expressionAttributeNames(expressions.names())
                      .expressionAttributeValues(expressions.values()));
    }
    return write.build();
  }
}
