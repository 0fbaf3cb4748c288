package dev.berth.lambda.ecr;

import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/** Texts that no honest client sends, and texts that nearly are ones that honest clients send. */
public record RandomText(RandomGenerator random) {

  private static final List<String> PIECES =
      List.of(
          "",
          " ",
          "\0",
          "\n",
          "a",
          "A",
          "0",
          ".",
          "..",
          "/",
          "//",
          "../",
          "-",
          "_",
          "__",
          "*",
          "?",
          "%",
          "%2e",
          "\\",
          "\"",
          "'",
          "{",
          "[",
          "<",
          ">",
          "#",
          ":",
          "sha256:",
          "sha512:",
          "=",
          "&",
          "é",
          "ß",
          "日本",
          "\u202e",
          "\u0000",
          "\ufeff",
          "\uffff",
          "😀",
          "\ud83d",
          "\ude00",
          "aws:",
          "latest",
          "null",
          "true",
          "-1",
          "1e309",
          "${jndi:x}",
          "@",
          "I#r",
          "R#a",
          "\t");

  /** Any text at all: mostly short, at times long. */
  public String any() {
    var text = new StringBuilder();
    int pieces = random.nextInt(1, 6);
    for (int i = 0; i < pieces; i++) {
      text.append(one(PIECES));
    }
    return random.nextInt(20) == 0 ? text.toString().repeat(length()) : text.toString();
  }

  /** So many characters; all alike, so that a pattern may well like them. */
  public String sized(int length) {
    return one(List.of("a", "0", "é", "😀")).repeat(Math.max(0, length));
  }

  /** A length that something may be bounded by, or one beside it. */
  public int length() {
    int bound = one(List.of(0, 1, 2, 10, 12, 25, 100, 128, 256, 300, 1000, 1024, 2048, 10_240));
    return Math.max(0, bound + random.nextInt(-1, 2));
  }

  /** The text with a character or a few more, fewer or other. */
  public String changed(String text) {
    if (text.isEmpty()) {
      return any();
    }
    int at = random.nextInt(text.length());
    int until = Math.min(text.length(), at + random.nextInt(0, 3));
    return switch (random.nextInt(5)) {
      case 0 -> text.substring(0, at) + text.substring(until);
      case 1 -> text + text;
      case 2 -> text.substring(0, at).toUpperCase(Locale.ROOT) + text.substring(at);
      default -> text.substring(0, at) + one(PIECES) + text.substring(until);
    };
  }

  public <T> T one(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
