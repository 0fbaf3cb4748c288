package dev.berth.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.aws.dynamodb.DynamoDbLocal;
import dev.berth.aws.dynamodb.DynamoDbTable;
import dev.berth.aws.dynamodb.DynamoDbTables;
import dev.berth.registry.store.Action;
import dev.berth.registry.store.Condition;
import dev.berth.registry.store.Item;
import dev.berth.registry.store.Key;
import dev.berth.registry.store.Table;
import dev.berth.registry.store.Table.Consistency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

class CallCounterTest {

  /** The port's promise on which the budget of calls rests. */
  @Test
  void eachMethodOfTheTableIsOneCall() throws Exception {
    CallCounter counter = new CallCounter();
    try (DynamoDbLocal database = new DynamoDbLocal();
        DynamoDbClient client = database.client(counter)) {
      DynamoDbTables.createIfAbsent(client, "berth");
      Table table = new DynamoDbTable(client, "berth");
      Key key = new Key("p", "s");
      counter.take();

      table.get(key, Consistency.STRONG);
      assertThat(counter.take()).isEqualTo(Map.of("DynamoDb.GetItem", 1));
      table.get(List.of(key, new Key("p", "t")), Consistency.EVENTUAL);
      assertThat(counter.take()).isEqualTo(Map.of("DynamoDb.BatchGetItem", 1));
      table.query("p", "", Optional.empty(), 10, Consistency.STRONG);
      assertThat(counter.take()).isEqualTo(Map.of("DynamoDb.Query", 1));
      table.transact(Action.put(Item.at(key).build(), Condition.absent()));
      assertThat(counter.take()).isEqualTo(Map.of("DynamoDb.TransactWriteItems", 1));
      table.get(List.of(), Consistency.STRONG);
      assertThat(counter.take()).isEmpty();
    }
  }
}
