package dev.berth.core.scan.version;

import static dev.berth.core.scan.version.Characters.afterDigits;
import static dev.berth.core.scan.version.Characters.compareNumbers;
import static dev.berth.core.scan.version.Characters.isDigit;
import static dev.berth.core.scan.version.Characters.isLetter;

/** {@code [epoch:]upstream[-revision]} (deb-version(7)). */
final class DpkgVersions {

  private DpkgVersions() {}

  static int compare(String a, String b) {
    int aEpoch = epochEnd(a);
    int bEpoch = epochEnd(b);
    int epochs = compareNumbers(a, 0, aEpoch, b, 0, bEpoch);
    if (epochs != 0) {
      return epochs;
    }
    int aUpstream = aEpoch == 0 ? 0 : aEpoch + 1;
    int bUpstream = bEpoch == 0 ? 0 : bEpoch + 1;
    int aRevision = revision(a, aUpstream);
    int bRevision = revision(b, bUpstream);
    int upstreams = compareParts(a, aUpstream, aRevision, b, bUpstream, bRevision);
    return upstreams != 0
        ? upstreams
        : compareParts(
            a,
            Math.min(aRevision + 1, a.length()),
            a.length(),
            b,
            Math.min(bRevision + 1, b.length()),
            b.length());
  }

  /** Where the colon after the epoch is; 0 if there is none, or no number before it. */
  private static int epochEnd(String version) {
    int end = afterDigits(version, 0, version.length());
    return end < version.length() && version.charAt(end) == ':' ? end : 0;
  }

  /** Where the hyphen before the revision is; the end if there is none. */
  private static int revision(String version, int upstream) {
    int hyphen = version.lastIndexOf('-');
    return hyphen < upstream ? version.length() : hyphen;
  }

  /** What is no digit, and numbers, by turns. */
  private static int compareParts(String a, int aFrom, int aTo, String b, int bFrom, int bTo) {
    int i = aFrom;
    int j = bFrom;
    while (i < aTo || j < bTo) {
      while (i < aTo && !isDigit(a.charAt(i)) || j < bTo && !isDigit(b.charAt(j))) {
        int order = Integer.compare(rank(a, i, aTo), rank(b, j, bTo));
        if (order != 0) {
          return order;
        }
        i++;
        j++;
      }
      int aNumber = afterDigits(a, i, aTo);
      int bNumber = afterDigits(b, j, bTo);
      int order = compareNumbers(a, i, aNumber, b, j, bNumber);
      if (order != 0) {
        return order;
      }
      i = aNumber;
      j = bNumber;
    }
    return 0;
  }

  /** Tilde, the end or a number, letters, everything else. */
  private static int rank(String s, int at, int to) {
    if (at >= to || isDigit(s.charAt(at))) {
      return 0;
    }
    char c = s.charAt(at);
    if (c == '~') {
      return -1;
    }
    return isLetter(c) ? c : c + 256;
  }
}
