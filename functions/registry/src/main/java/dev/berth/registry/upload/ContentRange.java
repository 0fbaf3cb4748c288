package dev.berth.registry.upload;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which bytes of a blob a chunk holds (OCI distribution specification, "Pushing a blob in chunks").
 *
 * @param first from 0
 * @param last inclusive, so a chunk has at least one byte
 */
public record ContentRange(long first, long last) {

  // 18 digits always fit into a long
  private static final Pattern RULE = Pattern.compile("([0-9]{1,18})-([0-9]{1,18})");

  public ContentRange {
    if (first < 0 || last < first) {
      throw new IllegalArgumentException("not a range: " + first + "-" + last);
    }
  }

  /** A value of the Content-Range header: {@code <first>-<last>}; empty for anything else. */
  public static Optional<ContentRange> parse(String header) {
    Matcher matcher = RULE.matcher(header);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    long first = Long.parseLong(matcher.group(1));
    long last = Long.parseLong(matcher.group(2));
    return last < first ? Optional.empty() : Optional.of(new ContentRange(first, last));
  }

  public long length() {
    return last - first + 1;
  }
}
