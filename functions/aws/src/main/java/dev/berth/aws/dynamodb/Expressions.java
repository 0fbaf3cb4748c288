package dev.berth.aws.dynamodb;

import dev.berth.registry.store.Action;
import dev.berth.registry.store.Attribute;
import dev.berth.registry.store.Condition;
import dev.berth.registry.store.Limits;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The expressions of one action, with the names and values that they mention. Each name has an
 * alias, since DynamoDB reserves several hundred words.
 */
final class Expressions {

  private final Map<String, String> names = new HashMap<>();
  private final Map<String, AttributeValue> values = new HashMap<>();

  /** The attribute names by alias, or null where there is none: DynamoDB refuses an empty map. */
  Map<String, String> names() {
    return names.isEmpty() ? null : names;
  }

  /** The values by placeholder, or null where there is none. */
  Map<String, AttributeValue> values() {
    return values.isEmpty() ? null : values;
  }

  /** Empty if nothing is asked. */
  Optional<String> condition(Condition condition) {
    return switch (condition) {
      case Condition.Always _ -> Optional.empty();
      case Condition.Absent _ -> Optional.of(lacks(Limits.PARTITION));
      case Condition.Present _ ->
          Optional.of("attribute_exists(%s)".formatted(name(Limits.PARTITION)));
      case Condition.Equal(String name, Attribute value) ->
          Optional.of("%s = %s".formatted(name(name), value(value)));
      case Condition.Lacks(String name) -> Optional.of(lacks(name));
      case Condition.Below(String name, long bound) ->
          Optional.of(
              "(%s OR %s < %s)"
                  .formatted(lacks(name), name(name), value(new Attribute.Number(bound))));
      case Condition.All all ->
          all.conditions().stream()
              .flatMap(one -> condition(one).stream())
              .reduce((left, right) -> left + " AND " + right);
    };
  }

  private String lacks(String name) {
    return "attribute_not_exists(%s)".formatted(name(name));
  }

  String update(Action.Update update) {
    Stream<String> set =
        clause(
            "SET",
            update.set(),
            one -> "%s = %s".formatted(name(one.getKey()), value(one.getValue())));
    Stream<String> add =
        clause(
            "ADD",
            update.add(),
            one ->
                "%s %s".formatted(name(one.getKey()), value(new Attribute.Number(one.getValue()))));
    Stream<String> remove =
        update.remove().isEmpty()
            ? Stream.empty()
            : Stream.of(
                update.remove().stream()
                    .map(this::name)
                    .collect(Collectors.joining(", ", "REMOVE ", "")));
    return Stream.of(set, add, remove).flatMap(clause -> clause).collect(Collectors.joining(" "));
  }

  private static <V> Stream<String> clause(
      String keyword, Map<String, V> changes, Function<Map.Entry<String, V>, String> change) {
    return changes.isEmpty()
        ? Stream.empty()
        : Stream.of(
            changes.entrySet().stream()
                .map(change)
                .collect(Collectors.joining(", ", keyword + " ", "")));
  }

  private String name(String attribute) {
    String alias = "#n" + names.size();
    names.put(alias, attribute);
    return alias;
  }

  private String value(Attribute attribute) {
    String placeholder = ":v" + values.size();
    values.put(placeholder, Attributes.of(attribute));
    return placeholder;
  }
}
