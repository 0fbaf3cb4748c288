package dev.berth.lambda.ecr;

import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/** JSON of any kind, as text: a tree could not hold a member twice, nor half a character. */
record RandomJson(RandomGenerator random) {

  private static final List<String> VALUES =
      List.of(
          "null",
          "true",
          "false",
          "0",
          "-0",
          "-1",
          "1",
          "1.0",
          "1.5",
          "1e2",
          "1e400",
          "-1e400",
          "2147483647",
          "2147483648",
          "-2147483649",
          "9223372036854775807",
          "9223372036854775808",
          "123456789012",
          "\"\"",
          "\"1\"",
          "\"true\"",
          "\"\\ud83d\"",
          "\"\\u0000\"",
          "[]",
          "{}",
          "[null]",
          "[[]]",
          "[{}]",
          "{\"\":null}",
          "{\"a\":1,\"a\":2}",
          "[1,\"a\",{}]");

  /** A value that is JSON. */
  String any() {
    return switch (random.nextInt(12)) {
      case 0 -> nested("[", "]");
      case 1 -> nested("{\"a\":", "}");
      case 2 -> "9".repeat(random.nextInt(1, 1500));
      case 3 -> quoted(text().any());
      default -> text().one(VALUES);
    };
  }

  private String nested(String open, String close) {
    int depth = text().one(List.of(1, 3, 30, 31, 32, 33, 999, 1001, 20_000));
    return open.repeat(depth) + "1" + close.repeat(depth);
  }

  /** Text as JSON, with more or less of it escaped. */
  String quoted(String text) {
    var json = new StringBuilder("\"");
    boolean escapesAll = random.nextInt(20) == 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      // half a pair can be escaped, but not encoded
      if (escapesAll || c < ' ' || c == '"' || c == '\\' || Character.isSurrogate(c)) {
        json.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        json.append(c);
      }
    }
    return json.append('"').toString();
  }

  private RandomText text() {
    return new RandomText(random);
  }
}
