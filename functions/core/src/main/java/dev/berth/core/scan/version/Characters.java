package dev.berth.core.scan.version;

/**
 * ASCII, and ranges of strings, which are given by their first index and the one after the last.
 */
final class Characters {

  private Characters() {}

  static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  static boolean isLower(char c) {
    return c >= 'a' && c <= 'z';
  }

  static boolean isLetter(char c) {
    return isLower(c) || c >= 'A' && c <= 'Z';
  }

  static int afterDigits(String s, int from, int to) {
    int i = from;
    while (i < to && isDigit(s.charAt(i))) {
      i++;
    }
    return i;
  }

  static int afterLetters(String s, int from, int to) {
    int i = from;
    while (i < to && isLetter(s.charAt(i))) {
      i++;
    }
    return i;
  }

  private static int afterZeros(String s, int from, int to) {
    int i = from;
    while (i < to && s.charAt(i) == '0') {
      i++;
    }
    return i;
  }

  /** By their values, of ranges of digits; no digits are 0. */
  static int compareNumbers(String a, int aFrom, int aTo, String b, int bFrom, int bTo) {
    int i = afterZeros(a, aFrom, aTo);
    int j = afterZeros(b, bFrom, bTo);
    int lengths = Integer.compare(aTo - i, bTo - j);
    return lengths != 0 ? lengths : compareText(a, i, aTo, b, j, bTo);
  }

  /** Character by character; a beginning of the other is less. */
  static int compareText(String a, int aFrom, int aTo, String b, int bFrom, int bTo) {
    int shared = Math.min(aTo - aFrom, bTo - bFrom);
    for (int i = 0; i < shared; i++) {
      int order = Character.compare(a.charAt(aFrom + i), b.charAt(bFrom + i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(aTo - aFrom, bTo - bFrom);
  }
}
