package dev.berth.core.scan.version;

import static dev.berth.core.scan.version.Characters.afterDigits;
import static dev.berth.core.scan.version.Characters.afterLetters;
import static dev.berth.core.scan.version.Characters.compareNumbers;
import static dev.berth.core.scan.version.Characters.compareText;
import static dev.berth.core.scan.version.Characters.isDigit;
import static dev.berth.core.scan.version.Characters.isLetter;

/** {@code [epoch:]version[-release]} (rpm-version(7)). */
final class RpmVersions {

  // what a version goes on with, in ascending order
  private static final int TILDE = 0;
  private static final int END = 1;
  private static final int CARET = 2;
  private static final int LETTERS = 3;
  private static final int NUMBER = 4;

  private RpmVersions() {}

  static int compare(String a, String b) {
    int aEpoch = afterDigits(a, 0, a.length());
    int bEpoch = afterDigits(b, 0, b.length());
    int aVersion = version(a, aEpoch);
    int bVersion = version(b, bEpoch);
    int epochs = compareNumbers(a, 0, aVersion == 0 ? 0 : aEpoch, b, 0, bVersion == 0 ? 0 : bEpoch);
    if (epochs != 0) {
      return epochs;
    }
    int aRelease = release(a, aEpoch);
    int bRelease = release(b, bEpoch);
    int versions = compareParts(a, aVersion, aRelease, b, bVersion, bRelease);
    return versions != 0 ? versions : compareReleases(a, aRelease, b, bRelease);
  }

  /** Where the version begins: after the colon, if that is what follows the first digits. */
  private static int version(String s, int afterDigits) {
    return afterDigits < s.length() && s.charAt(afterDigits) == ':' ? afterDigits + 1 : 0;
  }

  /** Where the hyphen before the release is; the end if there is none. */
  private static int release(String s, int from) {
    int hyphen = s.lastIndexOf('-');
    return hyphen < from ? s.length() : hyphen;
  }

  /** None is less than any, an empty one included. */
  private static int compareReleases(String a, int aHyphen, String b, int bHyphen) {
    boolean aHas = aHyphen < a.length();
    boolean bHas = bHyphen < b.length();
    return aHas && bHas
        ? compareParts(a, aHyphen + 1, a.length(), b, bHyphen + 1, b.length())
        : Boolean.compare(aHas, bHas);
  }

  /** Numbers, letters, tildes and carets; whatever else stands between them only parts them. */
  private static int compareParts(String a, int aFrom, int aTo, String b, int bFrom, int bTo) {
    int i = aFrom;
    int j = bFrom;
    while (true) {
      i = afterSeparators(a, i, aTo);
      j = afterSeparators(b, j, bTo);
      int kind = kind(a, i, aTo);
      int kinds = Integer.compare(kind, kind(b, j, bTo));
      if (kinds != 0 || kind == END) {
        return kinds;
      }
      int aEnd = partEnd(kind, a, i, aTo);
      int bEnd = partEnd(kind, b, j, bTo);
      int order =
          kind == NUMBER
              ? compareNumbers(a, i, aEnd, b, j, bEnd)
              : compareText(a, i, aEnd, b, j, bEnd);
      if (order != 0) {
        return order;
      }
      i = aEnd;
      j = bEnd;
    }
  }

  private static int afterSeparators(String s, int from, int to) {
    int i = from;
    while (i < to && isSeparator(s.charAt(i))) {
      i++;
    }
    return i;
  }

  private static boolean isSeparator(char c) {
    return c != '~' && c != '^' && !isDigit(c) && !isLetter(c);
  }

  private static int kind(String s, int at, int to) {
    if (at >= to) {
      return END;
    }
    char c = s.charAt(at);
    return switch (c) {
      case '~' -> TILDE;
      case '^' -> CARET;
      default -> isDigit(c) ? NUMBER : LETTERS;
    };
  }

  private static int partEnd(int kind, String s, int from, int to) {
    return switch (kind) {
      case NUMBER -> afterDigits(s, from, to);
      case LETTERS -> afterLetters(s, from, to);
      default -> from + 1;
    };
  }
}
