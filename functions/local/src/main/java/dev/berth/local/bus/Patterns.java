package dev.berth.local.bus;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.Set;
import software.amazon.event.ruler.Machine;

/** The patterns of many rules, for each of which an event need not be read anew. */
final class Patterns {

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private final Machine machine = Machine.builder().build();

  /**
   * @param rule a name that no other has
   * @param pattern that {@link EventMatcher} accepts
   */
  void add(String rule, String pattern) {
    try {
      machine.addRule(rule, pattern);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The rules whose pattern an event is of.
   *
   * @param event a JSON object
   */
  Collection<String> matching(String event) {
    try {
      return machine.rulesForJSONEvent(event);
    } catch (Exception e) {
      throw new IllegalArgumentException("no event: " + event, e);
    }
  }

  /**
   * As {@link #matching}, but without rules that would take the event from whatever source: only
   * who asks for what Berth asks of itself is to see it.
   */
  Collection<String> matchingForItsSource(String event) {
    Collection<String> all = matching(event);
    if (all.isEmpty()) {
      return all;
    }
    Set<String> indifferent = Set.copyOf(matching(fromElsewhere(event)));
    return all.stream().filter(rule -> !indifferent.contains(rule)).toList();
  }

  private static String fromElsewhere(String event) {
    try {
      return ((ObjectNode) MAPPER.readTree(event)).put("source", "elsewhere").toString();
    } catch (JacksonException e) {
      throw new IllegalArgumentException("no event: " + event, e);
    }
  }
}
