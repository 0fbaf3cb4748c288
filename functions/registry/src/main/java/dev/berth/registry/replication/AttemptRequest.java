package dev.berth.registry.replication;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.core.oci.Digest;
import dev.berth.core.oci.RepositoryName;
import dev.berth.core.oci.Tag;
import dev.berth.core.replication.ReplicationConfiguration.Destination;
import dev.berth.core.text.Excerpt;
import dev.berth.core.trigger.FunctionRequest;
import dev.berth.core.trigger.Triggers;
import dev.berth.registry.image.Replication;
import dev.berth.registry.image.ReplicationId;
import dev.berth.registry.replication.ReferrerPosition.Step;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * The request to make an attempt, as an event.
 *
 * @param push the id of the event that told of the push
 * @param continued how often an attempt before this one came forward and ran out of time
 * @param position how far the referrers have come that go along
 * @param waits how often one did before it could begin, as others were at work
 */
record AttemptRequest(
    ReplicationId id, String push, int continued, List<Step> position, int waits) {

  /** The bus of AWS puts its own account into the envelope. */
  private static final String REGISTRY = "registry-id";

  private static final String REPOSITORY = "repository-name";
  private static final String REPOSITORY_ID = "repository-id";
  private static final String DIGEST = "image-digest";
  private static final String TAG = "image-tag";
  private static final String REGION = "destination-region";
  private static final String ACCOUNT = "destination-account";
  private static final String PUSH = "push";
  private static final String CONTINUED = "continued";
  private static final String POSITION = "position";
  private static final String SUBJECT = "subject";
  private static final String REFERRER = "referrer";
  private static final String WAITS = "waits";

  AttemptRequest {
    position = List.copyOf(position);
  }

  static AttemptRequest of(Replication replication) {
    return new AttemptRequest(replication.id(), replication.push(), 0, List.of(), 0);
  }

  /**
   * @param reached by now
   */
  AttemptRequest next(List<Step> reached) {
    return new AttemptRequest(id, push, continued + 1, reached, waits);
  }

  AttemptRequest postponed() {
    return new AttemptRequest(id, push, continued, position, waits + 1);
  }

  FunctionRequest event(String region, Instant at) {
    ObjectNode detail =
        JsonNodeFactory.instance
            .objectNode()
            .put(REGISTRY, id.account())
            .put(REPOSITORY, id.repositoryName().value())
            .put(REPOSITORY_ID, id.repositoryId())
            .put(DIGEST, id.digest().toString())
            .put(REGION, id.destination().region())
            .put(ACCOUNT, id.destination().registryId())
            .put(PUSH, push)
            .put(CONTINUED, continued)
            .put(WAITS, waits);
    id.tag().ifPresent(tag -> detail.put(TAG, tag.value()));
    ArrayNode steps = detail.putArray(POSITION);
    position.forEach(
        step ->
            steps
                .addObject()
                .put(SUBJECT, step.subject().toString())
                .put(REFERRER, step.referrer().toString()));
    return new FunctionRequest(
        eventId(), Triggers.REPLICATION_ATTEMPT, id.account(), at, region, detail);
  }

  /** The same whenever the same is asked. */
  private String eventId() {
    String what =
        String.join(
            "#",
            push,
            id.destination().region(),
            id.destination().registryId(),
            String.valueOf(continued),
            String.valueOf(waits));
    return UUID.nameUUIDFromBytes(what.getBytes(UTF_8)).toString();
  }

  /**
   * @param region of this deployment
   * @throws IllegalArgumentException if it is no such request, or one of another region
   */
  static AttemptRequest of(JsonNode event, String region) {
    require(event, "source", FunctionRequest.SOURCE);
    require(event, "detail-type", Triggers.REPLICATION_ATTEMPT);
    require(event, "region", region);
    JsonNode detail = event.path("detail");
    var id =
        new ReplicationId(
            text(detail, REGISTRY),
            read(detail, REPOSITORY, RepositoryName::parse),
            text(detail, REPOSITORY_ID),
            read(detail, DIGEST, Digest::parse),
            detail.hasNonNull(TAG) ? Optional.of(read(detail, TAG, Tag::parse)) : Optional.empty(),
            new Destination(text(detail, REGION), text(detail, ACCOUNT)));
    return new AttemptRequest(
        id,
        text(detail, PUSH),
        detail.path(CONTINUED).asInt(0),
        position(detail.path(POSITION)),
        detail.path(WAITS).asInt(0));
  }

  private static List<Step> position(JsonNode steps) {
    if (steps.size() > ReferrerSending.DEEPEST) {
      throw wrong(POSITION, steps.toString());
    }
    List<Step> position = new ArrayList<>();
    steps.forEach(
        step ->
            position.add(
                new Step(read(step, SUBJECT, Digest::parse), read(step, REFERRER, Digest::parse))));
    return position;
  }

  private static void require(JsonNode event, String name, String value) {
    if (!text(event, name).equals(value)) {
      throw wrong(name, text(event, name));
    }
  }

  private static <T> T read(JsonNode node, String name, Function<String, Optional<T>> parse) {
    String text = text(node, name);
    return parse.apply(text).orElseThrow(() -> wrong(name, text));
  }

  private static String text(JsonNode node, String name) {
    JsonNode member = node.path(name);
    if (!member.isTextual() || member.textValue().isEmpty()) {
      throw wrong(name, member.toString());
    }
    return member.textValue();
  }

  private static IllegalArgumentException wrong(String name, String value) {
    return new IllegalArgumentException(
        "not a request to replicate: %s is %s".formatted(name, Excerpt.of(value)));
  }
}
