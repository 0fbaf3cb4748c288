package dev.berth.core.scan.feed.updateinfo;

import dev.berth.core.scan.feed.Compression;
import dev.berth.core.scan.feed.Feed;
import dev.berth.core.scan.feed.FeedException;
import dev.berth.core.scan.feed.FeedTarget;
import dev.berth.core.scan.feed.FeedXml;
import java.io.InputStream;
import java.util.function.UnaryOperator;

/**
 * The updateinfo of one repository.
 *
 * @param location of the repository's list of mirrors; below each, {@code repodata/repomd.xml}
 *     names the file
 * @param index of the release
 * @param uri where an update is told of, by its id
 */
public record UpdateInfoFeed(String name, String location, String index, UnaryOperator<String> uri)
    implements Feed {

  @Override
  public Location leadsTo() {
    return Location.MIRRORS;
  }

  @Override
  public String group() {
    return index;
  }

  @Override
  public Compression compression() {
    return Compression.GZIP;
  }

  @Override
  public long read(InputStream in, FeedTarget target) {
    long[] counts = new long[2];
    FeedXml.read(
        in,
        "updates",
        xml -> {
          while (xml.nextChild()) {
            xml.beginRecord();
            counts[0]++;
            counts[1] += Update.read(xml, counts[0]).take(this, target);
          }
        });
    if (counts[1] == 0) {
      throw new FeedException("none of %d updates fixes a vulnerability".formatted(counts[0]));
    }
    return counts[0];
  }
}
