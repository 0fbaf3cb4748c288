package dev.berth.lambda.ecr;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What of a request's body is recorded: the members that the operation's request has, as they were
 * sent, valid or not. Bytes are not, and what the operation does not know is nobody's business.
 */
final class RequestMembers {

  private static final ClassValue<Set<String>> RECORDED =
      new ClassValue<>() {
        @Override
        protected Set<String> computeValue(Class<?> requestType) {
          return Arrays.stream(requestType.getRecordComponents())
              .filter(component -> !component.getGenericType().getTypeName().contains("byte[]"))
              .map(RecordComponent::getName)
              .collect(Collectors.toUnmodifiableSet());
        }
      };

  /** Unlike the mapper of requests, not surprised by what comes behind a member. */
  private static final ObjectMapper NODES = new ObjectMapper();

  /** How members are named that may be links with signatures. */
  private static final String LINK = "Url";

  private RequestMembers() {}

  /** Of a body that is broken off or no JSON, what comes before that. */
  static ObjectNode read(byte[] body, Class<?> requestType) {
    ObjectNode members = JsonNodeFactory.instance.objectNode();
    try (JsonParser json = EcrJson.parser(body)) {
      if (json.nextToken() == JsonToken.START_OBJECT) {
        read(json, RECORDED.get(requestType), members);
      }
    } catch (IOException broken) {
      // the call fails for it, which its record says
    }
    return members;
  }

  private static void read(JsonParser json, Set<String> recorded, ObjectNode members)
      throws IOException {
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      json.nextToken();
      if (recorded.contains(name)) {
        JsonNode value = NODES.readTree(json);
        members.set(name, name.endsWith(LINK) ? withoutSecrets(value) : value);
      } else {
        json.skipChildren();
      }
    }
  }

  /** What a link's query or user info may be good for is not for those who read records. */
  private static JsonNode withoutSecrets(JsonNode link) {
    String place = link.asText().split("[?#]", 2)[0];
    return TextNode.valueOf(place.contains("@") ? "" : place);
  }
}
