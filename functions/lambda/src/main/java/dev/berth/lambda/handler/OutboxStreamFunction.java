package dev.berth.lambda.handler;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.berth.core.text.Excerpt;
import dev.berth.core.trigger.BerthFunction;
import dev.berth.registry.outbox.Drainer;
import dev.berth.registry.store.Keys;
import dev.berth.registry.store.Limits;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Publishes the events of changes as soon as they are committed: a stream of the table is to invoke
 * it with the keys of what was written (Lambda developer guide, "Process DynamoDB records with
 * Lambda"), and it drains the shards of the outbox that something was written to. It is none of
 * {@link BerthFunction}, as no rule starts it. The stream's filter should let nothing but writes to
 * the outbox through; what comes all the same is passed over.
 *
 * <p>It throws where a shard could not be drained, so that the stream invokes it again with the
 * same records. It does not name single records as failed: a shard is drained as a whole, and again
 * at the cost of one query. Events that the bus refuses are no failure: {@link
 * BerthFunction#OUTBOX} tries them again when they are due.
 */
public final class OutboxStreamFunction implements RequestStreamHandler {

  private static final Logger LOG = System.getLogger(OutboxStreamFunction.class.getName());
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final Set<String> WRITES = Set.of("INSERT", "MODIFY");
  private static final String REMOVAL = "REMOVE";

  private final Drainer drainer;

  public OutboxStreamFunction(Drainer drainer) {
    this.drainer = drainer;
  }

  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    drain(shards(records(in)));
  }

  /** None of what is no event of a stream: it would be no other the next time. */
  private static JsonNode records(InputStream in) throws IOException {
    JsonNode records = tree(in).path("Records");
    if (!records.isArray()) {
      LOG.log(Level.WARNING, "passed over what is no event of a table's stream");
      return MissingNode.getInstance();
    }
    return records;
  }

  private static JsonNode tree(InputStream in) throws IOException {
    try {
      return MAPPER.readTree(in);
    } catch (JacksonException e) {
      return MissingNode.getInstance();
    }
  }

  private static Set<Integer> shards(JsonNode records) {
    Set<Integer> shards = new TreeSet<>();
    List<JsonNode> others = new ArrayList<>();
    for (JsonNode record : records) {
      Optional<Integer> shard = shard(record);
      String what = record.path("eventName").asText();
      if (shard.isPresent() && WRITES.contains(what)) {
        shards.add(shard.get());
      } else if (shard.isEmpty() || !what.equals(REMOVAL)) {
        others.add(record);
      }
    }
    others.stream().findFirst().ifPresent(first -> tell(others.size(), first));
    return shards;
  }

  /** One line for all of them. */
  private static void tell(int count, JsonNode first) {
    LOG.log(
        Level.WARNING,
        "passed over {0} records that are no writes to the outbox, the first: {1}",
        count,
        Excerpt.of(first.toString()));
  }

  private static Optional<Integer> shard(JsonNode record) {
    JsonNode partition = record.at("/dynamodb/Keys/" + Limits.PARTITION + "/S");
    return Optional.of(partition).filter(JsonNode::isTextual).flatMap(OutboxStreamFunction::named);
  }

  private static Optional<Integer> named(JsonNode partition) {
    return Keys.outboxShard(partition.textValue());
  }

  /** Each, also where another fails. */
  private void drain(Set<Integer> shards) {
    List<RuntimeException> failures = new ArrayList<>();
    for (int shard : shards) {
      try {
        drainer.run(shard);
      } catch (RuntimeException e) {
        failures.add(e);
      }
    }
    if (!failures.isEmpty()) {
      throw new IllegalStateException(
          "%d of %d shards were not drained".formatted(failures.size(), shards.size()),
          failures.getFirst());
    }
  }
}
