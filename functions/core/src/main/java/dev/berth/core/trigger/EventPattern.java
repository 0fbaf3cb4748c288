package dev.berth.core.trigger;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which events a rule matches (EventBridge user guide, "Creating event patterns").
 *
 * @param detail members of the detail, each with the values that match
 */
public record EventPattern(Source source, String detailType, Map<String, List<String>> detail) {

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  /** Whose events they are. */
  public enum Source {
    /**
     * The registry's, as ECR would publish them: {@code aws.ecr}, or what is configured instead.
     */
    REGISTRY,

    /** Requests of one function to another: {@link FunctionRequest#SOURCE}. */
    BERTH
  }

  public EventPattern {
    detail = Map.copyOf(detail);
  }

  /** Requests of this detail-type. */
  static EventPattern requests(String detailType) {
    return new EventPattern(Source.BERTH, detailType, Map.of());
  }

  /**
   * As rules take it.
   *
   * @param registrySource what the registry's events have as their source
   * @param region whose events they are: a bus of several regions tells them apart
   */
  public String json(String registrySource, String region) {
    ObjectNode json = MAPPER.createObjectNode();
    json.putArray("source").add(source == Source.BERTH ? FunctionRequest.SOURCE : registrySource);
    json.putArray("region").add(region);
    json.putArray("detail-type").add(detailType);
    if (!detail.isEmpty()) {
      ObjectNode members = json.putObject("detail");
      new TreeMap<>(detail).forEach((name, values) -> values.forEach(members.withArray(name)::add));
    }
    return json.toString();
  }
}
