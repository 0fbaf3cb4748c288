package dev.berth.core.scan.version;

import static dev.berth.core.scan.version.Characters.afterDigits;
import static dev.berth.core.scan.version.Characters.compareNumbers;
import static dev.berth.core.scan.version.Characters.compareText;
import static dev.berth.core.scan.version.Characters.isDigit;
import static dev.berth.core.scan.version.Characters.isLower;

/**
 * {@code number{.number}[letter]{_suffix[number]}[~hash][-rnumber]} (apk-package(5)). Versions are
 * read part by part for as long as they are equal; where they go on with different kinds of parts,
 * the kinds decide.
 */
final class ApkVersions {

  // the kinds of parts, in ascending order; a pre-release is less than the end
  private static final int ALPHA = 0;
  private static final int BETA = 1;
  private static final int PRE = 2;
  private static final int RC = 3;
  private static final int INVALID = 4;
  private static final int END = 5;
  private static final int REVISION = 6;
  private static final int HASH = 7;
  private static final int SUFFIX_NUMBER = 8;
  private static final int CVS = 9;
  private static final int SVN = 10;
  private static final int GIT = 11;
  private static final int HG = 12;
  private static final int P = 13;
  private static final int LETTER = 14;
  private static final int NUMBER = 15;
  private static final int FIRST_NUMBER = 16;
  private static final int NOTHING_YET = 17;

  private ApkVersions() {}

  static int compare(String a, String b) {
    int i = 0;
    int j = 0;
    int last = NOTHING_YET;
    while (true) {
      int kind = kind(a, i, last);
      int kinds = Integer.compare(kind, kind(b, j, last));
      if (kinds != 0 || kind == END || kind == INVALID) {
        return kinds;
      }
      int aValue = value(kind, a, i);
      int bValue = value(kind, b, j);
      int aEnd = valueEnd(kind, a, aValue);
      int bEnd = valueEnd(kind, b, bValue);
      int order = compareValues(kind, a, aValue, aEnd, b, bValue, bEnd);
      if (order != 0) {
        return order;
      }
      i = aEnd;
      j = bEnd;
      last = kind;
    }
  }

  /** Of the part that begins there, after one of a given kind. */
  private static int kind(String s, int at, int last) {
    if (last == NOTHING_YET) {
      return isDigitAt(s, at) ? FIRST_NUMBER : INVALID;
    }
    if (at == s.length()) {
      return END;
    }
    boolean inNumbers = last == FIRST_NUMBER || last == NUMBER;
    char c = s.charAt(at);
    return switch (c) {
      case '.' -> inNumbers && isDigitAt(s, at + 1) ? NUMBER : INVALID;
      case '_' -> last == HASH || last == REVISION ? INVALID : suffix(s, at + 1);
      case '~' -> last != HASH && last != REVISION && isHexAt(s, at + 1) ? HASH : INVALID;
      case '-' -> last != REVISION && isRevision(s, at) ? REVISION : INVALID;
      default -> {
        if (isDigit(c)) {
          // version 3 reads no number after a letter, but packages such as opensmtpd 6.0.3p1 have
          // one
          yield isSuffix(last) ? SUFFIX_NUMBER : last == LETTER ? NUMBER : INVALID;
        }
        yield inNumbers && isLower(c) ? LETTER : INVALID;
      }
    };
  }

  private static boolean isSuffix(int kind) {
    return kind <= RC || kind >= CVS && kind <= P;
  }

  private static boolean isRevision(String s, int at) {
    return s.startsWith("-r", at) && isDigitAt(s, at + 2);
  }

  private static int suffix(String s, int from) {
    int to = suffixEnd(s, from);
    return switch (to - from) {
      case 1 -> s.charAt(from) == 'p' ? P : INVALID;
      case 2 -> s.startsWith("rc", from) ? RC : s.startsWith("hg", from) ? HG : INVALID;
      case 3 -> suffixOfThree(s, from);
      case 4 -> s.startsWith("beta", from) ? BETA : INVALID;
      case 5 -> s.startsWith("alpha", from) ? ALPHA : INVALID;
      default -> INVALID;
    };
  }

  private static int suffixOfThree(String s, int from) {
    return switch (s.charAt(from)) {
      case 'p' -> s.startsWith("pre", from) ? PRE : INVALID;
      case 'c' -> s.startsWith("cvs", from) ? CVS : INVALID;
      case 's' -> s.startsWith("svn", from) ? SVN : INVALID;
      case 'g' -> s.startsWith("git", from) ? GIT : INVALID;
      default -> INVALID;
    };
  }

  private static int suffixEnd(String s, int from) {
    int i = from;
    while (i < s.length() && isLower(s.charAt(i))) {
      i++;
    }
    return i;
  }

  /** Where the part's own text begins, after what marks its kind. */
  private static int value(int kind, String s, int at) {
    return switch (kind) {
      case FIRST_NUMBER, LETTER, SUFFIX_NUMBER -> at;
      case NUMBER -> s.charAt(at) == '.' ? at + 1 : at;
      case HASH -> at + 1;
      case REVISION -> at + 2;
      // the kind says all of a suffix
      default -> suffixEnd(s, at + 1);
    };
  }

  private static int valueEnd(int kind, String s, int from) {
    return switch (kind) {
      case FIRST_NUMBER, NUMBER, SUFFIX_NUMBER, REVISION -> afterDigits(s, from, s.length());
      case LETTER -> from + 1;
      case HASH -> hashEnd(s, from);
      default -> from;
    };
  }

  private static int hashEnd(String s, int from) {
    int i = from;
    while (isHexAt(s, i)) {
      i++;
    }
    return i;
  }

  private static int compareValues(
      int kind, String a, int aFrom, int aTo, String b, int bFrom, int bTo) {
    return switch (kind) {
      case FIRST_NUMBER, SUFFIX_NUMBER, REVISION -> compareNumbers(a, aFrom, aTo, b, bFrom, bTo);
      // a leading zero makes it a fraction: 1.05 is before 1.1
      case NUMBER ->
          a.charAt(aFrom) == '0' || b.charAt(bFrom) == '0'
              ? compareText(a, aFrom, aTo, b, bFrom, bTo)
              : compareNumbers(a, aFrom, aTo, b, bFrom, bTo);
      default -> compareText(a, aFrom, aTo, b, bFrom, bTo);
    };
  }

  private static boolean isDigitAt(String s, int at) {
    return at < s.length() && isDigit(s.charAt(at));
  }

  private static boolean isHexAt(String s, int at) {
    if (at >= s.length()) {
      return false;
    }
    char c = s.charAt(at);
    return isDigit(c) || c >= 'a' && c <= 'f';
  }
}
