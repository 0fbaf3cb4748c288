package dev.berth.lambda.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The decoded parameters of a query, each name with its values in order. */
public record Parameters(Map<String, List<String>> values) {

  /** A parameter that is not decodable is left as it was sent: it will match nothing. */
  public static Parameters parse(String rawQuery) {
    var values = new TreeMap<String, List<String>>();
    for (String pair : rawQuery.split("&")) {
      if (!pair.isEmpty()) {
        int equals = pair.indexOf('=');
        String name = decode(equals < 0 ? pair : pair.substring(0, equals));
        String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
        values.computeIfAbsent(name, any -> new ArrayList<>()).add(value);
      }
    }
    return new Parameters(values);
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }

  public Optional<String> first(String name) {
    return values.getOrDefault(name, List.of()).stream().findFirst();
  }
}
