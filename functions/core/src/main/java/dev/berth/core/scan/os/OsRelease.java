package dev.berth.core.scan.os;

import dev.berth.core.scan.OperatingSystem;
import dev.berth.core.text.Excerpt;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** os-release(5): assignments as a shell would read them, without substitutions. */
final class OsRelease {

  private OsRelease() {}

  static Optional<OperatingSystem> read(String text) {
    Map<String, String> values = new HashMap<>();
    text.lines().map(String::strip).forEach(line -> readAssignment(line, values));
    String id = values.getOrDefault("ID", "");
    return id.isEmpty()
        ? Optional.empty()
        : Optional.of(of(id, values.getOrDefault("VERSION_ID", "")));
  }

  /** Both as a message can carry them. */
  static OperatingSystem of(String id, String version) {
    return new OperatingSystem(Excerpt.of(id.toLowerCase(Locale.ROOT)), Excerpt.of(version));
  }

  private static void readAssignment(String line, Map<String, String> values) {
    int equals = line.indexOf('=');
    if (equals > 0 && !line.startsWith("#")) {
      values.put(line.substring(0, equals), unquoted(line.substring(equals + 1)));
    }
  }

  /** Quotes may begin and end anywhere; a backslash means nothing between single ones. */
  private static String unquoted(String value) {
    StringBuilder text = new StringBuilder();
    char quote = 0;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == quote) {
        quote = 0;
      } else if (quote == 0 && (c == '"' || c == '\'')) {
        quote = c;
      } else if (c == '\\' && isEscape(quote, value, i + 1)) {
        i++;
        text.append(value.charAt(i));
      } else if (quote == 0 && Character.isWhitespace(c)) {
        // ends the word
        break;
      } else {
        text.append(c);
      }
    }
    return text.toString();
  }

  private static boolean isEscape(char quote, String value, int next) {
    if (next == value.length() || quote == '\'') {
      return false;
    }
    return quote == 0 || "\"\\$`".indexOf(value.charAt(next)) >= 0;
  }
}
