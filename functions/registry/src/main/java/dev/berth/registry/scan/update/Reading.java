package dev.berth.registry.scan.update;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;

/** A feed's bytes while they are read: tells how many came, a MiB at a time. */
final class Reading extends FilterInputStream {

  private static final long STEP = 1 << 20;

  private final String feed;
  private final Consumer<FeedNews> news;
  private long count;

  Reading(InputStream in, String feed, Consumer<FeedNews> news) {
    super(in);
    this.feed = feed;
    this.news = news;
  }

  @Override
  public int read() throws IOException {
    int next = in.read();
    count(next < 0 ? 0 : 1);
    return next;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int more = in.read(bytes, offset, length);
    count(Math.max(more, 0));
    return more;
  }

  private void count(int more) {
    long steps = count / STEP;
    count += more;
    if (count / STEP > steps) {
      news.accept(new FeedNews.Reading(feed, count));
    }
  }

  @Override
  public void close() {
    // whoever asked for the feed closes it
  }
}
