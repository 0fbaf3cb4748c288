package dev.berth.lambda.query;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.lambda.http.Parameters;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What of a call's parameters and result is recorded: members that are known to hold no secret, and
 * no other. Names begin with a lower-case letter, as CloudTrail has them.
 */
final class QueryMembers {

  /** Of parameters and results alike. */
  private static final Set<String> RECORDED =
      Set.of(
          "AccessKey",
          "AccessKeyId",
          "AccessKeyMetadata",
          "Arn",
          "AssumedRoleId",
          "AssumedRoleUser",
          "AssumeRolePolicyDocument",
          "AttachmentCount",
          "AWSServiceName",
          "CreateDate",
          "Credentials",
          "CustomSuffix",
          "DefaultVersionId",
          "DeletionTaskId",
          "Description",
          "DurationSeconds",
          "Expiration",
          "ExternalId",
          "IsAttachable",
          "IsDefaultVersion",
          "Key",
          "Marker",
          "MaxItems",
          "MaxSessionDuration",
          "NewPath",
          "NewUserName",
          "OnlyAttached",
          "PackedPolicySize",
          "Path",
          "PathPrefix",
          "PermissionsBoundary",
          "Policy",
          "PolicyArn",
          "PolicyArns",
          "PolicyDocument",
          "PolicyId",
          "PolicyName",
          "PolicyVersion",
          "Role",
          "RoleArn",
          "RoleId",
          "RoleName",
          "RoleSessionName",
          "Scope",
          "SetAsDefault",
          "SourceIdentity",
          "Status",
          "TagKeys",
          "Tags",
          "TransitiveTagKeys",
          "UpdateDate",
          "User",
          "UserId",
          "UserName",
          "Value",
          "VersionId",
          "arn");

  private QueryMembers() {}

  /** {@code Tags.member.1.Key} is the member key of the first of the list tags. */
  static ObjectNode ofParameters(Parameters parameters) {
    ObjectNode members = JsonNodeFactory.instance.objectNode();
    Map<String, Map<String, ObjectNode>> lists = new TreeMap<>();
    for (var parameter : parameters.values().entrySet()) {
      String value = parameter.getValue().getFirst();
      String[] path = parameter.getKey().split("\\.", 4);
      if (!RECORDED.contains(path[0])) {
        continue;
      }
      switch (path.length) {
        case 1 -> members.put(named(path[0]), value);
        case 3 -> list(members, path[0]).add(value);
        case 4 -> addToEntry(members, lists, path, value);
        default -> {}
      }
    }
    return members;
  }

  private static void addToEntry(
      ObjectNode members, Map<String, Map<String, ObjectNode>> lists, String[] path, String value) {
    if (RECORDED.contains(path[3])) {
      lists
          .computeIfAbsent(path[0], any -> new TreeMap<>())
          .computeIfAbsent(path[2], any -> list(members, path[0]).addObject())
          .put(named(path[3]), value);
    }
  }

  /** In place of a text, where a client sends both. */
  private static ArrayNode list(ObjectNode members, String name) {
    return members.get(named(name)) instanceof ArrayNode list
        ? list
        : members.putArray(named(name));
  }

  static ObjectNode ofResult(List<Element> result) {
    ObjectNode members = JsonNodeFactory.instance.objectNode();
    for (Element element : result) {
      if (RECORDED.contains(element.name())) {
        members.set(named(element.name()), value(element));
      }
    }
    return members;
  }

  private static JsonNode value(Element element) {
    if (element.children().isEmpty()) {
      return JsonNodeFactory.instance.textNode(element.text());
    }
    if (!element.children().getFirst().name().equals("member")) {
      return ofResult(element.children());
    }
    var list = JsonNodeFactory.instance.arrayNode();
    element.children().forEach(member -> list.add(value(member)));
    return list;
  }

  private static String named(String name) {
    return Character.toLowerCase(name.charAt(0)) + name.substring(1);
  }
}
