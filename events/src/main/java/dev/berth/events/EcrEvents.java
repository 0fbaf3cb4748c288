package dev.berth.events;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Collection;

/** Events from JSON and to JSON, in the envelope of EventBridge. */
public final class EcrEvents {

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private EcrEvents() {}

  /**
   * The event that this JSON holds; members that its type does not have are ignored.
   *
   * @throws EventException.UnknownDetailType if it is of a detail-type that this version does not
   *     know
   * @throws EventException if it is no event
   */
  public static EcrEvent read(String json) {
    try {
      return event(MAPPER.readTree(json));
    } catch (JacksonException e) {
      throw notJson(e);
    }
  }

  /**
   * The same for JSON in UTF-8.
   *
   * @throws EventException as for text
   */
  public static EcrEvent read(byte[] json) {
    try {
      return event(MAPPER.readTree(json));
    } catch (JacksonException e) {
      throw notJson(e);
    } catch (IOException e) {
      throw new UncheckedIOException("bytes in memory are always readable", e);
    }
  }

  /** The event in its envelope, as a rule's target receives it. */
  public static String write(EcrEvent event) {
    Envelope envelope = event.envelope();
    ObjectNode json =
        MAPPER
            .createObjectNode()
            .put("version", envelope.version())
            .put("id", envelope.id())
            .put("detail-type", event.detailType())
            .put("source", envelope.source())
            .put("account", envelope.account())
            .put("time", envelope.time().toString())
            .put("region", envelope.region());
    putAll(json, "resources", envelope.resources());
    json.set("detail", detail(event));
    return json.toString();
  }

  /** The detail alone, as PutEvents takes it. */
  public static String writeDetail(EcrEvent event) {
    return detail(event).toString();
  }

  private static EcrEvent event(JsonNode json) {
    Members members = new Members(json, "");
    String detailType = members.text("detail-type");
    Envelope envelope = envelope(members);
    Members detail = members.object("detail");
    return switch (detailType) {
      case ImageAction.DETAIL_TYPE -> ImageAction.read(envelope, detail);
      case ImagePull.DETAIL_TYPE -> ImagePull.read(envelope, detail);
      case ImageScan.DETAIL_TYPE -> ImageScan.read(envelope, detail);
      case ReplicationAction.DETAIL_TYPE -> ReplicationAction.read(envelope, detail);
      default -> throw new EventException.UnknownDetailType(detailType);
    };
  }

  private static Envelope envelope(Members members) {
    return new Envelope(
        members.text("version"),
        members.text("id"),
        members.text("source"),
        members.text("account"),
        time(members.text("time")),
        members.text("region"),
        members.texts("resources"));
  }

  private static Instant time(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw new EventException("not a time of ISO 8601 in UTC: time", e);
    }
  }

  private static ObjectNode detail(EcrEvent event) {
    ObjectNode detail = MAPPER.createObjectNode();
    switch (event) {
      case ImageAction action -> {
        detail
            .put("result", action.result())
            .put("repository-name", action.repositoryName())
            .put("image-digest", action.imageDigest())
            .put("action-type", action.actionType());
        action.imageTag().ifPresent(tag -> detail.put("image-tag", tag));
      }
      case ImagePull pull -> {
        detail
            .put("result", pull.result())
            .put("repository-name", pull.repositoryName())
            .put("image-digest", pull.imageDigest())
            .put("action-type", pull.actionType());
        pull.imageTag().ifPresent(tag -> detail.put("image-tag", tag));
        detail.put("principal", pull.principal());
      }
      case ImageScan scan -> {
        detail.put("scan-status", scan.scanStatus()).put("repository-name", scan.repositoryName());
        ObjectNode counts = detail.putObject("finding-severity-counts");
        scan.findingSeverityCounts().forEach(counts::put);
        detail.put("image-digest", scan.imageDigest());
        putAll(detail, "image-tags", scan.imageTags());
      }
      case ReplicationAction action -> {
        detail
            .put("result", action.result())
            .put("repository-name", action.repositoryName())
            .put("image-digest", action.imageDigest())
            .put("source-account", action.sourceAccount())
            .put("action-type", action.actionType())
            .put("source-region", action.sourceRegion());
        action.imageTag().ifPresent(tag -> detail.put("image-tag", tag));
      }
    }
    return detail;
  }

  private static void putAll(ObjectNode json, String name, Collection<String> texts) {
    var array = json.putArray(name);
    texts.forEach(array::add);
  }

  private static EventException notJson(JacksonException cause) {
    return new EventException("not JSON: " + cause.getOriginalMessage(), cause);
  }
}
