package dev.berth.core.policy.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Puts a policy for the simulator as what it means by AWS's documentation, in the few places where
 * the simulator departs from that. Each rewriting is exact, so nothing else is hidden by it.
 */
record Translation(Case request) {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String NOBODY = "arn:aws:iam::000000000000:root";

  JsonNode of(String text) throws Exception {
    JsonNode policy = JSON.readTree(inMilliseconds(withoutVariables(text)));
    for (JsonNode statement : policy.get("Statement")) {
      if (statement.has("Condition")) {
        ObjectNode conditions = (ObjectNode) statement.get("Condition");
        ranges(conditions);
        absentKeys(conditions);
      }
      if (statement.has("NotPrincipal")) {
        notPrincipal((ObjectNode) statement);
      }
    }
    return policy;
  }

  /**
   * A policy before version 2012-10-17 has no variables: they "are treated as literal strings"
   * ("Variables and tags"); the simulator replaces them whatever the version.
   */
  private static String withoutVariables(String text) {
    return text.contains("\"2008-10-17\"") ? text.replace("${", "$(") : text;
  }

  /** A date may be in seconds since 1970 ("Date condition operators"), not in milliseconds. */
  private static String inMilliseconds(String text) {
    return text.replace("\"" + Cases.SECONDS + "\"", "\"" + Cases.SECONDS + "000\"");
  }

  /**
   * {@code 0.0.0.0/0} is every IPv4 address ("IP address condition operators": the standard CIDR
   * format), and an address without a prefix has that of /32; the simulator finds none in the
   * former, but takes its two halves, and finds IPv6 addresses alike the latter.
   */
  private static void ranges(ObjectNode conditions) {
    for (JsonNode block : conditions) {
      if (block.has("aws:SourceIp")) {
        ArrayNode values = JSON.createArrayNode();
        for (String value : texts(block.get("aws:SourceIp"))) {
          if (value.equals("0.0.0.0/0")) {
            values.add("0.0.0.0/1").add("128.0.0.0/1");
          } else {
            values.add(value.contains("/") ? value : value + "/32");
          }
        }
        ((ObjectNode) block).set("aws:SourceIp", values);
      }
    }
  }

  /**
   * With IfExists, "if the key is not present, evaluate the condition element as true"
   * ("...IfExists condition operators"), whatever quantifier it has; the simulator evaluates
   * ForAnyValue as false, and ForAllValues as true.
   */
  private void absentKeys(ObjectNode conditions) {
    for (String operator : names(conditions)) {
      if (operator.startsWith("ForAnyValue:")
          && operator.endsWith("IfExists")
          && !request.context().containsKey("aws:TagKeys")) {
        conditions.set(
            operator.replace("ForAnyValue:", "ForAllValues:"), conditions.remove(operator));
      }
    }
  }

  /**
   * A NotPrincipal that names a user or a session and its account denies the account's other
   * principals, and one that names a role does not exempt its sessions ("AWS JSON policy elements:
   * NotPrincipal", its examples); in the simulator an account stands for all that is in it.
   */
  private void notPrincipal(ObjectNode statement) {
    JsonNode element = statement.get("NotPrincipal");
    if (element.isObject()) {
      List<String> left = new ArrayList<>(texts(element.get("AWS")));
      left.removeIf(name -> !request.isByRoot() && (name.endsWith(":root") || !name.contains(":")));
      left.removeIf(name -> name.contains(":role/"));
      left.add(NOBODY);
      if (texts(element.get("AWS")).contains("*")) {
        left.add("*");
      }
      statement.set("NotPrincipal", JSON.valueToTree(Map.of("AWS", left)));
    }
  }

  private static List<String> names(ObjectNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static List<String> texts(JsonNode element) {
    List<String> texts = new ArrayList<>();
    if (element.isArray()) {
      element.forEach(each -> texts.add(each.asText()));
    } else {
      texts.add(element.asText());
    }
    return texts;
  }
}
