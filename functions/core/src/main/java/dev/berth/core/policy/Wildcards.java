package dev.berth.core.policy;

/**
 * Matches with the wildcards of policies: {@code *} for any characters or none, {@code ?} for one.
 */
final class Wildcards {

  private Wildcards() {}

  /**
   * Takes at most as many steps as the product of the lengths: only the last {@code *} is ever gone
   * back to, as an earlier one could not match more.
   */
  static boolean matches(String pattern, String text) {
    int p = 0;
    int t = 0;
    int star = -1;
    int resume = 0;
    while (t < text.length()) {
      if (p < pattern.length() && pattern.charAt(p) == '*') {
        star = p++;
        resume = t;
      } else if (p < pattern.length() && isMatch(pattern.charAt(p), text.charAt(t))) {
        p++;
        t++;
      } else if (star >= 0) {
        p = star + 1;
        t = ++resume;
      } else {
        return false;
      }
    }
    while (p < pattern.length() && pattern.charAt(p) == '*') {
      p++;
    }
    return p == pattern.length();
  }

  private static boolean isMatch(char pattern, char text) {
    return pattern == '?' || pattern == text;
  }
}
