package dev.berth.lambda.http;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which bytes of an object a request asks for. */
public sealed interface ByteRange {

  /** All of them. */
  record Whole() implements ByteRange {}

  /**
   * Some of them.
   *
   * @param offset of the first one
   * @param length at least 1
   */
  record Part(long offset, long length) implements ByteRange {

    /** The Content-Range of an answer that carries these bytes of an object of this size. */
    public String contentRange(long size) {
      return "bytes %d-%d/%d".formatted(offset, offset + length - 1, size);
    }
  }

  /** None that the object has. */
  record Unsatisfiable() implements ByteRange {}

  Pattern SINGLE = Pattern.compile("(?i)bytes=([0-9]*)-([0-9]*)");

  /** 18 digits always fit into a long; whatever has more is beyond any object. */
  int MOST_DIGITS = 18;

  /**
   * What a request asks for by its Range header. Ranges are for GET alone, and a header that is
   * malformed or names several ranges is ignored, as a server may (RFC 9110, 14.2).
   *
   * @param size of the object in bytes
   */
  static ByteRange of(Request request, long size) {
    return request.method().equals("GET")
        ? request.headers().first("Range").map(header -> of(header, size)).orElse(new Whole())
        : new Whole();
  }

  private static ByteRange of(String header, long size) {
    Matcher matcher = SINGLE.matcher(header);
    if (!matcher.matches()) {
      return new Whole();
    }
    String first = matcher.group(1);
    String last = matcher.group(2);
    if (first.isEmpty()) {
      return last.isEmpty() ? new Whole() : suffix(number(last), size);
    }
    return between(number(first), last.isEmpty() ? Long.MAX_VALUE : number(last), size);
  }

  private static ByteRange suffix(long length, long size) {
    return length == 0 || size == 0
        ? new Unsatisfiable()
        : new Part(Math.max(0, size - length), Math.min(length, size));
  }

  private static ByteRange between(long first, long last, long size) {
    if (last < first) {
      return new Whole();
    }
    return first >= size
        ? new Unsatisfiable()
        : new Part(first, Math.min(last, size - 1) - first + 1);
  }

  private static long number(String digits) {
    return digits.length() > MOST_DIGITS ? Long.MAX_VALUE : Long.parseLong(digits);
  }
}
