package dev.berth.lambda.http;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * HTTP header fields: every value of every name, names in lower case, values in the order in which
 * they came.
 */
public record Headers(Map<String, List<String>> fields) {

  private static final Headers NONE = new Headers(Map.of());

  public Headers {
    var lower = new TreeMap<String, List<String>>();
    fields.forEach(
        (name, values) ->
            lower
                .computeIfAbsent(name.toLowerCase(Locale.ROOT), any -> new ArrayList<>())
                .addAll(values));
    lower.replaceAll((name, values) -> List.copyOf(values));
    fields = Collections.unmodifiableMap(lower);
  }

  public static Headers none() {
    return NONE;
  }

  /** Of names and values in turn. */
  public static Headers of(String... namesAndValues) {
    var fields = new TreeMap<String, List<String>>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      fields
          .computeIfAbsent(namesAndValues[i].toLowerCase(Locale.ROOT), any -> new ArrayList<>())
          .add(namesAndValues[i + 1]);
    }
    return new Headers(fields);
  }

  /** The only value, or the first of several. */
  public Optional<String> first(String name) {
    return all(name).stream().findFirst();
  }

  public List<String> all(String name) {
    return fields.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
  }

  /** These fields, with one more value. */
  public Headers with(String name, String value) {
    var more = new TreeMap<>(fields);
    var values = new ArrayList<>(all(name));
    values.add(value);
    more.put(name.toLowerCase(Locale.ROOT), values);
    return new Headers(more);
  }

  /** Names alone: among the values are credentials, and the states of uploads. */
  @Override
  public String toString() {
    return "Headers" + fields.keySet();
  }
}
