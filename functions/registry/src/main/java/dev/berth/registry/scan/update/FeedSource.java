package dev.berth.registry.scan.update;

import dev.berth.core.scan.feed.Feed;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Where feeds come from. */
public interface FeedSource {

  /**
   * Asks for a feed.
   *
   * @param known the version that need not come again
   * @throws IOException if it cannot be had now; the message says why, and nothing secret
   * @throws dev.berth.core.scan.feed.FeedException if what there is cannot be used
   */
  Offer open(Feed feed, Optional<String> known) throws IOException;

  /** What there is of a feed. To be closed. */
  sealed interface Offer extends Closeable {
    @Override
    default void close() throws IOException {}
  }

  /** The source does not have it. */
  record Absent() implements Offer {}

  /** It is in the version that is known. */
  record Unchanged() implements Offer {}

  /**
   * It is to be read.
   *
   * @param bytes decompressed. Reading them fails where they turn out to be cut off
   * @param version to ask with the next time; empty where the source does not tell
   */
  record Content(InputStream bytes, String version) implements Offer {
    @Override
    public void close() throws IOException {
      bytes.close();
    }
  }
}
