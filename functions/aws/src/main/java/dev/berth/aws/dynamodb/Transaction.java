package dev.berth.aws.dynamodb;

import dev.berth.aws.retry.Backoff;
import dev.berth.registry.store.Action;
import dev.berth.registry.store.Outcome;
import dev.berth.registry.store.StoreException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionInProgressException;

/**
 * One transaction, tried until it is committed or refused.
 *
 * <p>A transaction of one action is one too, although PutItem would be cheaper: only
 * TransactWriteItems takes a token, by which a replay after a time-out does not happen twice, nor
 * finds its condition broken by its own first attempt.
 */
final class Transaction {

  /** Reasons that pass. Source: the API reference of TransactWriteItems, "Cancellation reasons". */
  private static final Set<String> PASSING =
      Set.of("TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded");

  private static final String CONDITION = "ConditionalCheckFailed";
  private static final String VALIDATION = "ValidationError";

  private final DynamoDbClient client;
  private final Backoff backoff;
  private final TransactWriteItemsRequest request;

  Transaction(DynamoDbClient client, Backoff backoff, String table, List<Action> actions) {
    this.client = client;
    this.backoff = backoff;
    this.request =
        TransactWriteItemsRequest.builder()
            .transactItems(actions.stream().map(action -> Writes.of(table, action)).toList())
            .clientRequestToken(UUID.randomUUID().toString())
            .build();
  }

  /**
   * @throws IllegalArgumentException for what DynamoDB cannot do with the items as they are
   */
  Outcome run() {
    for (int attempt = 0; ; attempt++) {
      try {
        client.transactWriteItems(request);
        return new Outcome.Committed();
      } catch (TransactionCanceledException e) {
        if (!passes(e) || !backoff.pause(attempt)) {
          return refused(e);
        }
      } catch (TransactionInProgressException e) {
        if (!backoff.pause(attempt)) {
          throw new StoreException("a transaction of DynamoDB did not end", e);
        }
      } catch (DynamoDbException e) {
        throw isValidation(e) ? new IllegalArgumentException(e.getMessage(), e) : e;
      }
    }
  }

  /** While one action conflicts, it is not known whether its condition holds. */
  private static boolean passes(TransactionCanceledException e) {
    return e.cancellationReasons().stream().anyMatch(reason -> PASSING.contains(reason.code()));
  }

  private static Outcome refused(TransactionCanceledException e) {
    Set<Integer> failed = new HashSet<>();
    List<CancellationReason> reasons = e.cancellationReasons();
    for (int i = 0; i < reasons.size(); i++) {
      if (CONDITION.equals(reasons.get(i).code())) {
        failed.add(i);
      }
    }
    if (!failed.isEmpty()) {
      return new Outcome.Refused(failed);
    }
    for (CancellationReason reason : reasons) {
      if (VALIDATION.equals(reason.code())) {
        throw new IllegalArgumentException(reason.message(), e);
      }
    }
    throw e;
  }

  private static boolean isValidation(DynamoDbException e) {
    return e.awsErrorDetails() != null
        && "ValidationException".equals(e.awsErrorDetails().errorCode());
  }
}
