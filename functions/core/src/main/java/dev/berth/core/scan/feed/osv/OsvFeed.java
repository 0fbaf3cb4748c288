package dev.berth.core.scan.feed.osv;

import dev.berth.core.scan.feed.Compression;
import dev.berth.core.scan.feed.Feed;
import dev.berth.core.scan.feed.FeedException;
import dev.berth.core.scan.feed.FeedTarget;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The export of one ecosystem.
 *
 * @param ecosystem as OSV writes it: {@code Red Hat}
 */
public record OsvFeed(String name, String ecosystem, OsvRules rules) implements Feed {

  @Override
  public String location() {
    return "https://osv-vulnerabilities.storage.googleapis.com/%s/all.zip"
        .formatted(ecosystem.replace(" ", "%20"));
  }

  /** A zip is read as it is. */
  @Override
  public Compression compression() {
    return Compression.NONE;
  }

  @Override
  public long read(InputStream in, FeedTarget target) {
    AtomicLong rows = new AtomicLong();
    OsvImport osv = new OsvImport(rules, target);
    long records = new OsvExport(in).read(record -> rows.addAndGet(osv.take(record)));
    if (rows.get() == 0) {
      throw new FeedException(
          "none of %d records is about a release that is known".formatted(records));
    }
    return records;
  }
}
