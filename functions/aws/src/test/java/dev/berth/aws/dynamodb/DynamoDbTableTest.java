package dev.berth.aws.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.berth.aws.retry.Backoff;
import dev.berth.registry.store.Action;
import dev.berth.registry.store.Condition;
import dev.berth.registry.store.Item;
import dev.berth.registry.store.Key;
import dev.berth.registry.store.Outcome;
import dev.berth.registry.store.StoreException;
import dev.berth.registry.store.Table.Consistency;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionInProgressException;

/** What DynamoDB Local never answers: conflicts, throttling and unprocessed keys. */
class DynamoDbTableTest {

  private static final String NAME = "berth";
  private static final Key A = new Key("p", "a");
  private static final Key B = new Key("p", "b");
  private static final Action PUT = Action.put(Item.at(A).build(), Condition.absent());
  private static final Action CHECK = Action.check(B, Condition.present());

  private final List<Duration> pauses = new ArrayList<>();
  private final ScriptedClient client = new ScriptedClient();
  private final DynamoDbTable table =
      new DynamoDbTable(
          client, NAME, new Backoff(Duration.ofMillis(10), Duration.ofMillis(40), 4, pauses::add));

  @Test
  void aConflictIsTriedAgainAsTheSameRequest() {
    client.answers(
        canceled("None", "TransactionConflict"),
        canceled("ThrottlingError", "None"),
        canceled("None", "ProvisionedThroughputExceeded"),
        TransactionInProgressException.builder().build(),
        TransactWriteItemsResponse.builder().build());

    assertThat(table.transact(PUT, CHECK)).isEqualTo(new Outcome.Committed());

    assertThat(client.requests).hasSize(5);
    assertThat(Set.copyOf(client.requests)).hasSize(1);
    assertThat(((TransactWriteItemsRequest) client.requests.getFirst()).clientRequestToken())
        .isNotBlank();
    assertThat(pauses).hasSize(4);
  }

  @Test
  void eachTransactionHasItsOwnToken() {
    client.answers(
        TransactWriteItemsResponse.builder().build(), TransactWriteItemsResponse.builder().build());

    table.transact(PUT);
    table.transact(PUT);

    assertThat(Set.copyOf(client.requests)).hasSize(2);
  }

  @Test
  void pausesDoubleUpToTheLongestAndAreHalfRandom() {
    client.answers(Stream.generate(() -> canceled("TransactionConflict")).limit(5).toArray());

    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> table.transact(PUT))
        .withCauseInstanceOf(TransactionCanceledException.class);

    assertThat(pauses).hasSize(4);
    List<Integer> longest = List.of(10, 20, 40, 40);
    for (int i = 0; i < longest.size(); i++) {
      assertThat(pauses.get(i))
          .isBetween(Duration.ofMillis(longest.get(i) / 2), Duration.ofMillis(longest.get(i)));
    }
  }

  @Test
  void aRefusalWaitsUntilNoActionConflicts() {
    client.answers(
        canceled("TransactionConflict", "ConditionalCheckFailed"),
        canceled("ConditionalCheckFailed", "ConditionalCheckFailed"));

    assertThat(table.transact(PUT, CHECK)).isEqualTo(new Outcome.Refused(Set.of(0, 1)));
  }

  @Test
  void anUpdateThatCannotBeIsTheProgramsFault() {
    client.answers(canceled("None", "ValidationError"));

    assertThatIllegalArgumentException().isThrownBy(() -> table.transact(PUT, CHECK));
  }

  @Test
  void keysThatWereNotProcessedAreAskedForAgain() {
    client.answers(
        found(List.of(A), List.of(B)), found(List.of(), List.of(B)), found(List.of(B), List.of()));

    assertThat(table.get(List.of(A, B), Consistency.STRONG)).containsOnlyKeys(A, B);

    KeysAndAttributes last =
        ((BatchGetItemRequest) client.requests.getLast()).requestItems().get(NAME);
    assertThat(last).isEqualTo(keys(List.of(B)));
  }

  @Test
  void keysThatAreNeverProcessedAreAFault() {
    client.answers(Stream.generate(() -> found(List.of(), List.of(A, B))).limit(5).toArray());

    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> table.get(List.of(A, B), Consistency.STRONG));
  }

  @Test
  void aReadIsConsistentIfAskedTo() {
    client.answers(GetItemResponse.builder().build(), GetItemResponse.builder().build());

    table.get(A, Consistency.STRONG);
    table.get(A, Consistency.EVENTUAL);

    assertThat(client.requests)
        .extracting(request -> ((GetItemRequest) request).consistentRead())
        .containsExactly(true, false);
  }

  @Test
  void aBrokenCallIsAFaultOfTheStore() {
    client.answers(SdkClientException.create("connection reset"));

    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> table.get(A, Consistency.STRONG))
        .withMessageContaining("connection reset")
        .withCauseInstanceOf(SdkClientException.class);
  }

  private static TransactionCanceledException canceled(String... codes) {
    return TransactionCanceledException.builder()
        .cancellationReasons(
            Stream.of(codes)
                .map(code -> CancellationReason.builder().code(code).message(code).build())
                .toList())
        .build();
  }

  private static BatchGetItemResponse found(List<Key> found, List<Key> unprocessed) {
    List<Map<String, AttributeValue>> items = found.stream().map(Attributes::of).toList();
    return BatchGetItemResponse.builder()
        .responses(Map.of(NAME, items))
        .unprocessedKeys(unprocessed.isEmpty() ? Map.of() : Map.of(NAME, keys(unprocessed)))
        .build();
  }

  private static KeysAndAttributes keys(List<Key> keys) {
    return KeysAndAttributes.builder()
        .keys(keys.stream().map(Attributes::of).toList())
        .consistentRead(true)
        .build();
  }

  /** Gives one answer or exception after another, and keeps what it was asked. */
  private static final class ScriptedClient implements DynamoDbClient {
    private final List<Object> requests = new ArrayList<>();
    private final List<Object> answers = new ArrayList<>();

    void answers(Object... answers) {
      this.answers.addAll(List.of(answers));
    }

    @Override
    public TransactWriteItemsResponse transactWriteItems(TransactWriteItemsRequest request) {
      return (TransactWriteItemsResponse) next(request);
    }

    @Override
    public BatchGetItemResponse batchGetItem(BatchGetItemRequest request) {
      return (BatchGetItemResponse) next(request);
    }

    @Override
    public GetItemResponse getItem(GetItemRequest request) {
      return (GetItemResponse) next(request);
    }

    private Object next(Object request) {
      requests.add(request);
      Object answer = answers.removeFirst();
      if (answer instanceof RuntimeException e) {
        throw e;
      }
      return answer;
    }

    @Override
    public String serviceName() {
      return SERVICE_NAME;
    }

    @Override
    public void close() {}
  }
}
