package dev.berth.aws.dynamodb;

import dev.berth.aws.retry.Backoff;
import dev.berth.registry.store.Action;
import dev.berth.registry.store.Item;
import dev.berth.registry.store.Key;
import dev.berth.registry.store.Limits;
import dev.berth.registry.store.Outcome;
import dev.berth.registry.store.Page;
import dev.berth.registry.store.StoreException;
import dev.berth.registry.store.Table;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;

/**
 * The table in DynamoDB, with the string keys {@link Limits#PARTITION} and {@link Limits#SORT}.
 * Throttled and broken calls are retried by the client; conflicts of transactions and keys that
 * DynamoDB did not get to, here.
 */
public final class DynamoDbTable implements Table {

  private final DynamoDbClient client;
  private final String name;
  private final Backoff backoff;

  public DynamoDbTable(DynamoDbClient client, String name) {
    this(client, name, Backoff.standard());
  }

  DynamoDbTable(DynamoDbClient client, String name, Backoff backoff) {
    this.client = client;
    this.name = name;
    this.backoff = backoff;
  }

  @Override
  public Map<Key, Item> get(Collection<Key> keys, Consistency consistency) {
    Set<Key> distinct = Limits.distinct(keys);
    boolean strong = consistency == Consistency.STRONG;
    return answered(
        () ->
            switch (distinct.size()) {
              case 0 -> Map.of();
              case 1 -> getOne(distinct.iterator().next(), strong);
              default -> getSeveral(distinct, strong);
            });
  }

  private Map<Key, Item> getOne(Key key, boolean strong) {
    GetItemResponse response =
        client.getItem(
            request -> request.tableName(name).key(Attributes.of(key)).consistentRead(strong));
    return response.hasItem() ? Map.of(key, Attributes.item(response.item())) : Map.of();
  }

  private Map<Key, Item> getSeveral(Set<Key> keys, boolean strong) {
    Map<Key, Item> items = HashMap.newHashMap(keys.size());
    KeysAndAttributes wanted =
        KeysAndAttributes.builder()
            .keys(keys.stream().map(Attributes::of).toList())
            .consistentRead(strong)
            .build();
    for (int attempt = 0; ; attempt++) {
      Map<String, KeysAndAttributes> rest = Map.of(name, wanted);
      BatchGetItemResponse response = client.batchGetItem(request -> request.requestItems(rest));
      List<Map<String, AttributeValue>> found = response.responses().getOrDefault(name, List.of());
      found.stream().map(Attributes::item).forEach(item -> items.put(item.key(), item));
      wanted = response.unprocessedKeys().get(name);
      if (wanted == null) {
        return items;
      }
      // an answer ends at 16 MB, so one that holds items does not count as a failed attempt
      attempt = found.isEmpty() ? attempt : 0;
      if (!backoff.pause(attempt)) {
        throw new StoreException("DynamoDB left keys of table " + name + " unprocessed");
      }
    }
  }

  @Override
  public Page<Item> query(
      String partition, String prefix, Optional<String> after, int limit, Consistency consistency) {
    Limits.check(partition, prefix, after, limit);
    if (after.isPresent() && isBeyond(after.get(), prefix)) {
      return new Page<>(List.of(), Optional.empty());
    }
    QueryRequest.Builder query =
        QueryRequest.builder()
            .tableName(name)
            .keyConditionExpression("#pk = :pk")
            .expressionAttributeNames(Map.of("#pk", Limits.PARTITION))
            .expressionAttributeValues(Map.of(":pk", AttributeValue.fromS(partition)))
            .limit(limit)
            .consistentRead(consistency == Consistency.STRONG);
    if (!prefix.isEmpty()) {
      query
          .keyConditionExpression("#pk = :pk AND begins_with(#sk, :prefix)")
          .expressionAttributeNames(Map.of("#pk", Limits.PARTITION, "#sk", Limits.SORT))
          .expressionAttributeValues(
              Map.of(
                  ":pk", AttributeValue.fromS(partition),
                  ":prefix", AttributeValue.fromS(prefix)));
    }
    // DynamoDB refuses a position outside of what the query asks for
    after
        .filter(sort -> sort.startsWith(prefix))
        .ifPresent(sort -> query.exclusiveStartKey(Attributes.of(new Key(partition, sort))));
    return answered(() -> page(client.query(query.build())));
  }

  /** Whether a sort key comes behind all that begin with the prefix. */
  private static boolean isBeyond(String sort, String prefix) {
    return !sort.startsWith(prefix)
        && Arrays.compareUnsigned(
                sort.getBytes(StandardCharsets.UTF_8), prefix.getBytes(StandardCharsets.UTF_8))
            > 0;
  }

  private static Page<Item> page(QueryResponse response) {
    Optional<String> next =
        response.hasLastEvaluatedKey()
            ? Optional.of(response.lastEvaluatedKey().get(Limits.SORT).s())
            : Optional.empty();
    return new Page<>(response.items().stream().map(Attributes::item).toList(), next);
  }

  @Override
  public Scanned scan(String prefix, Optional<Key> after, int limit) {
    ScanRequest.Builder scan =
        ScanRequest.builder().tableName(name).limit(limit).consistentRead(true);
    if (!prefix.isEmpty()) {
      scan.filterExpression("begins_with(#pk, :prefix)")
          .expressionAttributeNames(Map.of("#pk", Limits.PARTITION))
          .expressionAttributeValues(Map.of(":prefix", AttributeValue.fromS(prefix)));
    }
    after.ifPresent(key -> scan.exclusiveStartKey(Attributes.of(key)));
    return answered(() -> scanned(client.scan(scan.build())));
  }

  private static Scanned scanned(ScanResponse response) {
    Optional<Key> next =
        response.hasLastEvaluatedKey()
            ? Optional.of(Attributes.key(response.lastEvaluatedKey()))
            : Optional.empty();
    return new Scanned(response.items().stream().map(Attributes::item).toList(), next);
  }

  @Override
  public Outcome transact(List<Action> actions) {
    Limits.check(actions);
    return answered(() -> new Transaction(client, backoff, name, actions).run());
  }

  private <T> T answered(Supplier<T> call) {
    try {
      return call.get();
    } catch (SdkException e) {
      throw new StoreException(
          "DynamoDB does not answer for table %s: %s".formatted(name, e.getMessage()), e);
    }
  }
}
