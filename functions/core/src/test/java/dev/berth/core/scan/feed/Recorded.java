package dev.berth.core.scan.feed;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.berth.core.scan.index.AffectedPackage;
import dev.berth.core.scan.index.CveDetails;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What a feed hands on, for tests to look at. */
public final class Recorded implements FeedTarget {

  /** A row with the index that it is for. */
  public record Row(String index, AffectedPackage affected) {}

  public final List<Row> rows = new ArrayList<>();
  public final List<CveDetails> details = new ArrayList<>();
  public final List<Instant> times = new ArrayList<>();
  public long records;

  /** Reads a feed of text. */
  public static Recorded of(Feed feed, String text) {
    return of(feed, new ByteArrayInputStream(text.getBytes(UTF_8)));
  }

  public static Recorded of(Feed feed, InputStream in) {
    Recorded recorded = new Recorded();
    recorded.records = feed.read(in, recorded);
    return recorded;
  }

  @Override
  public void affected(String index, AffectedPackage row) {
    rows.add(new Row(index, row));
  }

  @Override
  public void details(CveDetails known) {
    details.add(known);
  }

  @Override
  public void updatedAt(Instant time) {
    times.add(time);
  }
}
