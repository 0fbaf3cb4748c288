package dev.berth.lambda.feed;

import dev.berth.core.scan.feed.Feed;
import dev.berth.registry.scan.update.FeedSource;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;

/** Feeds from a server that has all of them in one place, see {@link FeedFiles}. */
public final class MirroredFeeds implements FeedSource {

  private final FeedServer server;
  private final URI place;

  /**
   * @throws IllegalArgumentException if it is no address of a server's directory
   */
  public MirroredFeeds(String place) {
    this(place, new FeedServer(FeedServer.Timeouts.defaults()));
  }

  MirroredFeeds(String place, FeedServer server) {
    this.server = server;
    this.place = URI.create(place.endsWith("/") ? place : place + "/");
    try {
      FeedUri.require(this.place);
    } catch (IOException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
    if (this.place.getRawQuery() != null || this.place.getRawFragment() != null) {
      throw new IllegalArgumentException("an address of a directory has no ? and no #");
    }
  }

  @Override
  public Offer open(Feed feed, Optional<String> known) throws IOException {
    for (String name : FeedFiles.names(feed)) {
      switch (server.get(FeedUri.led(place, name), known)) {
        case FeedServer.Absent _ -> {}
        case FeedServer.Unchanged _ -> {
          return new Unchanged();
        }
        case FeedServer.Bytes bytes -> {
          var unpacked = Decompression.of(feed.compression(), bytes.in(), feed.name());
          return new Content(unpacked, bytes.version());
        }
      }
    }
    return new Absent();
  }
}
