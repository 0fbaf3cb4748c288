package dev.berth.core.scan.feed;

import java.util.List;

/**
 * Bounds of what is read of a feed: several times what any has, and little enough that a function
 * with 512 MB survives one that was made to harm it.
 */
public final class FeedLimits {

  /** Of a whole feed, decompressed, in bytes. */
  public static final long FEED = 16L << 30;

  /** Of its file as it is published, in bytes. */
  public static final long DOWNLOAD = 4L << 30;

  /** Of one record, in bytes. */
  public static final int RECORD = 16 << 20;

  /** Of one text, in characters. */
  public static final int TEXT = 1 << 20;

  /** Of a name or a version, in characters. */
  public static final int NAME = 512;

  /** Of what one record of JSON holds, in values. */
  public static final int VALUES = 1_000_000;

  /** Of what one record of XML holds, in elements. */
  public static final int ELEMENTS = 100_000;

  /** Of the vulnerabilities that one advisory is about. */
  public static final int VULNERABILITIES = 10_000;

  /** Of objects and elements within each other. */
  public static final int DEPTH = 50;

  private FeedLimits() {}

  /**
   * A name or version as an index takes it.
   *
   * @param place the record it is in
   * @throws FeedException if it is empty, or longer than any is
   */
  public static String name(String text, String place) {
    if (text.isEmpty() || text.length() > NAME) {
      throw new FeedException(
          "%s: a name or version has %d characters".formatted(place, text.length()));
    }
    return text;
  }

  /**
   * The vulnerabilities of an advisory.
   *
   * @param place the record it is in
   * @throws FeedException if they are more than any is about
   */
  public static List<String> vulnerabilities(List<String> names, String place) {
    if (names.size() > VULNERABILITIES) {
      throw new FeedException(
          "%s: an advisory is about %d vulnerabilities".formatted(place, names.size()));
    }
    return names;
  }
}
