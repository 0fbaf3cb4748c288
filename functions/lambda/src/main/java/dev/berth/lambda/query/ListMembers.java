package dev.berth.lambda.query;

import dev.berth.lambda.http.Parameters;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The members of the query protocol's lists: {@code Tags.member.1.Key}. */
final class ListMembers {

  /** Of what follows the list's name. A member that is a text has no name of its own. */
  private static final Pattern MEMBER =
      Pattern.compile("\\.member\\.(?<number>[0-9]{1,9})(?:\\.(?<name>.+))?", Pattern.DOTALL);

  private ListMembers() {}

  /** Those of one list, in the order of their numbers, each with what is named in it. */
  static List<QueryRequest> of(QueryRequest request, String list) {
    SortedMap<Integer, Map<String, List<String>>> members = new TreeMap<>();
    request.parameters().values().entrySet().stream()
        .filter(parameter -> parameter.getKey().startsWith(list + "."))
        .forEach(
            parameter -> {
              Matcher name = MEMBER.matcher(parameter.getKey().substring(list.length()));
              if (name.matches()) {
                members
                    .computeIfAbsent(Integer.valueOf(name.group("number")), any -> new TreeMap<>())
                    .put(name(name), parameter.getValue());
              }
            });
    return members.entrySet().stream()
        .map(member -> member(request, list, member.getKey(), member.getValue()))
        .toList();
  }

  private static String name(Matcher parameter) {
    String name = parameter.group("name");
    return name == null ? "" : name;
  }

  private static QueryRequest member(
      QueryRequest request, String list, int number, Map<String, List<String>> parameters) {
    String path = request.member(list) + "." + number + ".member.";
    return new QueryRequest(request.caller(), new Parameters(parameters), request.context(), path);
  }
}
