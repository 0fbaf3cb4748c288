package dev.berth.lambda.oci;

import java.util.Optional;

/**
 * Which part of a listing a request asks for.
 *
 * @param limit the most entries, 0 to 1000; 0 asks for none
 * @param after the entry that the page begins behind, whether or not it exists
 */
record PageRequest(int limit, Optional<String> after) {

  private static final int DEFAULT = 100;
  private static final int MOST = 1000;

  /** No name, tag or digest is as long, so what is cut off does not change what comes behind. */
  private static final int LONGEST_POSITION = 256;

  /**
   * Reads {@code n} and {@code last}. Without {@code n} a page has 100 entries, as in ECR; the Link
   * to the next one is what clients follow.
   *
   * @throws OciError.Unsupported if n is no number or, as in ECR, above 1000
   */
  static PageRequest of(Call call) {
    int limit = call.query("n").map(PageRequest::limit).orElse(DEFAULT);
    return new PageRequest(limit, after(call));
  }

  static Optional<String> after(Call call) {
    return call.query("last").filter(last -> !last.isEmpty()).map(PageRequest::cut);
  }

  /** Not within a surrogate pair, of which half can be no key. */
  private static String cut(String last) {
    int end = Math.min(last.length(), LONGEST_POSITION);
    return last.substring(0, Character.isHighSurrogate(last.charAt(end - 1)) ? end - 1 : end);
  }

  private static int limit(String text) {
    if (!text.matches("[0-9]{1,9}") || Integer.parseInt(text) > MOST) {
      throw new OciError.Unsupported("n has to be a number from 0 to " + MOST);
    }
    return Integer.parseInt(text);
  }
}
