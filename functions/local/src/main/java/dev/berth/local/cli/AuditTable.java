package dev.berth.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.core.text.Excerpt;
import java.util.ArrayList;
import java.util.List;

/** Records as rows for a person to read. */
final class AuditTable {

  private static final String ROW = "%-20s  %-28s  %-28s  %-15s  %-30s  %s";

  /** Control characters of all Unicode, and those that turn the direction of text. */
  private static final String MOVES_CURSORS = "[\\p{Cc}\\p{Cf}]";

  private AuditTable() {}

  static String head() {
    return ROW.formatted("TIME", "EVENT", "WHO", "FROM", "WHAT", "OUTCOME").stripTrailing();
  }

  static String row(JsonNode event) {
    return ROW.formatted(
            text(event.path("eventTime")),
            text(event.path("eventName")),
            who(event.path("userIdentity")),
            text(event.path("sourceIPAddress")),
            what(event.path("resources")),
            outcome(event))
        .stripTrailing();
  }

  private static String who(JsonNode identity) {
    String arn = text(identity.path("arn"));
    return arn.isEmpty()
        ? text(identity.path("invokedBy"))
        : arn.substring(arn.lastIndexOf("::") < 0 ? 0 : arn.lastIndexOf("::") + 2);
  }

  private static String what(JsonNode resources) {
    List<String> names = new ArrayList<>();
    for (JsonNode resource : resources) {
      String arn = text(resource.path("ARN"));
      names.add(arn.substring(arn.indexOf('/') + 1));
    }
    return String.join(",", names);
  }

  private static String outcome(JsonNode event) {
    if (event.has("errorCode")) {
      return text(event.path("errorCode"));
    }
    JsonNode details = event.path("serviceEventDetails");
    return details.has("count") ? details.path("count").asText() + " records" : "ok";
  }

  /** What a client sent is not to move a terminal's cursor. */
  private static String text(JsonNode node) {
    return Excerpt.of(node.asText("")).replaceAll(MOVES_CURSORS, "?");
  }
}
