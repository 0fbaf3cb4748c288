package dev.berth.core.scan.feed.osv;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.berth.core.scan.feed.BoundedStream;
import dev.berth.core.scan.feed.FeedException;
import dev.berth.core.scan.feed.FeedJson;
import dev.berth.core.scan.feed.FeedLimits;
import dev.berth.core.text.Excerpt;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Reads the zip of an export from its beginning to its end, one record after the other. */
final class OsvExport {

  private static final ObjectReader READER = FeedJson.RECORDS.readerFor(OsvRecord.class);
  private static final int MAX_ENTRIES = 4_000_000;

  private final ZipTail tail;
  private final ZipInputStream zip;
  private final byte[] buffer = new byte[8192];
  private long unpacked;

  OsvExport(InputStream in) {
    tail = new ZipTail(in);
    zip = new ZipInputStream(tail);
  }

  /**
   * @return how many records there are, at least one
   * @throws FeedException if it is no whole zip of records
   */
  long read(Consumer<OsvRecord> target) {
    long entries = 0;
    long records = 0;
    String place = "the zip";
    try {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        place = Excerpt.of(entry.getName());
        if (++entries > MAX_ENTRIES) {
          throw new FeedException("the zip has more than " + MAX_ENTRIES + " entries");
        }
        if (!entry.isDirectory()) {
          target.accept(record(place));
          records++;
        }
        drain(place);
      }
      place = "the end of the zip";
      requireWhole(entries, tail.entries());
    } catch (IOException | IllegalArgumentException e) {
      // the JDK's reader throws the latter for names that are no UTF-8
      throw new FeedException(place, e);
    }
    if (records == 0) {
      throw new FeedException("the zip has no records");
    }
    return records;
  }

  private OsvRecord record(String place) throws IOException {
    BoundedStream entry = new BoundedStream(zip, FeedLimits.RECORD, place);
    try {
      OsvRecord record = READER.readValue(entry);
      if (record == null) {
        throw new FeedException(place + ": this is no object");
      }
      FeedLimits.name(record.id(), place);
      return record;
    } catch (JsonProcessingException e) {
      throw FeedJson.refusal(place, e);
    } finally {
      count(entry.position());
    }
  }

  /** What is left of an entry, so that its checksum is compared. */
  private void drain(String place) throws IOException {
    BoundedStream rest = new BoundedStream(zip, FeedLimits.RECORD, place);
    while (rest.read(buffer, 0, buffer.length) >= 0) {
      // passed over
    }
    count(rest.position());
  }

  private void count(long more) {
    unpacked += more;
    if (unpacked > FeedLimits.FEED) {
      throw new FeedException("the zip holds more than %d bytes".formatted(FeedLimits.FEED));
    }
  }

  private static void requireWhole(long read, long listed) {
    if (read != listed) {
      throw new FeedException(
          "the zip lists %d entries, but %d were read: it is cut off or damaged"
              .formatted(listed, read));
    }
  }
}
