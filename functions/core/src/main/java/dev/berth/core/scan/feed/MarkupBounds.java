package dev.berth.core.scan.feed;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * XML without texts and attributes that are longer than any is, for a reader that keeps each whole:
 * it ends with a {@link FeedException} where there is neither {@code <} nor {@code >} for long.
 */
final class MarkupBounds extends FilterInputStream {

  private long since;

  MarkupBounds(InputStream in) {
    super(in);
  }

  @Override
  public int read() throws IOException {
    int next = in.read();
    count((byte) next);
    return next;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int more = in.read(bytes, offset, length);
    for (int i = offset; i < offset + more; i++) {
      count(bytes[i]);
    }
    return more;
  }

  private void count(byte next) {
    since = next == '<' || next == '>' ? 0 : since + 1;
    if (since > FeedLimits.TEXT) {
      throw new FeedException("a text or an attribute has more than %d bytes".formatted(since));
    }
  }
}
