package dev.berth.lambda.oci;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The bytes of a blob that a request asks for.
 *
 * @param offset of the first one
 * @param length at least 1
 */
record ByteRange(long offset, long length) {

  private static final Pattern SINGLE = Pattern.compile("(?i)bytes=([0-9]*)-([0-9]*)");

  /** 18 digits always fit into a long; whatever has more is beyond any blob. */
  private static final int MOST_DIGITS = 18;

  /**
   * What a Range header asks for. A header that is malformed or names several ranges is ignored, as
   * a server may (RFC 9110, 14.2).
   *
   * @param size of the blob in bytes
   * @return empty for the whole blob
   * @throws OciError.SizeInvalid if the range has no byte of the blob
   */
  static Optional<ByteRange> of(String header, long size) {
    Matcher matcher = SINGLE.matcher(header);
    if (!matcher.matches() || (matcher.group(1).isEmpty() && matcher.group(2).isEmpty())) {
      return Optional.empty();
    }
    long first;
    long last;
    if (matcher.group(1).isEmpty()) {
      long suffix = number(matcher.group(2));
      first = suffix == 0 ? size : Math.max(0, size - suffix);
      last = size - 1;
    } else {
      first = number(matcher.group(1));
      last = matcher.group(2).isEmpty() ? Long.MAX_VALUE : number(matcher.group(2));
      if (last < first) {
        return Optional.empty();
      }
    }
    if (first >= size) {
      throw new OciError.SizeInvalid(header, size);
    }
    return Optional.of(new ByteRange(first, Math.min(last, size - 1) - first + 1));
  }

  private static long number(String digits) {
    return digits.length() > MOST_DIGITS ? Long.MAX_VALUE : Long.parseLong(digits);
  }

  /** The Content-Range of an answer that carries these bytes. */
  String contentRange(long size) {
    return "bytes %d-%d/%d".formatted(offset, offset + length - 1, size);
  }
}
