package dev.berth.core.scan.packages;

import java.nio.charset.StandardCharsets;

/** The lines of a text database, one after the other, without a copy of what nobody reads. */
final class Lines {

  private final byte[] text;
  private int from;
  private int to;
  private int next;

  Lines(byte[] text) {
    this.text = text;
  }

  /** Whether there is another line, which is then the one that the other methods are about. */
  boolean advance() {
    if (next >= text.length) {
      return false;
    }
    from = next;
    to = from;
    while (to < text.length && text[to] != '\n') {
      to++;
    }
    next = to + 1;
    if (to > from && text[to - 1] == '\r') {
      to--;
    }
    return true;
  }

  boolean isBlank() {
    return skipBlanks(from) == to;
  }

  /** Whether it begins with a name and a colon, in whichever case. */
  boolean isField(String name) {
    if (to - from <= name.length() || text[from + name.length()] != ':') {
      return false;
    }
    for (int i = 0; i < name.length(); i++) {
      if (Character.toLowerCase(text[from + i]) != Character.toLowerCase(name.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  /** What it starts with; a zero byte if it is empty. */
  byte first() {
    return from == to ? 0 : text[from];
  }

  /** What follows the name and the colon of a field, without blanks around it. */
  String value(String name) {
    int start = skipBlanks(from + name.length() + 1);
    int end = to;
    while (end > start && isBlank(text[end - 1])) {
      end--;
    }
    if (end - start > PackageDatabases.LONGEST_TEXT) {
      throw new PackageDatabaseException(
          "the field %s has more than %d bytes".formatted(name, PackageDatabases.LONGEST_TEXT));
    }
    return new String(text, start, end - start, StandardCharsets.UTF_8);
  }

  private int skipBlanks(int start) {
    int i = start;
    while (i < to && isBlank(text[i])) {
      i++;
    }
    return i;
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || b == '\t';
  }
}
