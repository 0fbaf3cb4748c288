package dev.berth.lambda.feed;

import dev.berth.core.scan.feed.Feed;
import dev.berth.registry.scan.update.FeedSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;

/** Feeds from where they are published. */
public final class PublisherFeeds implements FeedSource {

  private final FeedServer server;

  public PublisherFeeds() {
    this(new FeedServer(FeedServer.Timeouts.defaults()));
  }

  PublisherFeeds(FeedServer server) {
    this.server = server;
  }

  @Override
  public Offer open(Feed feed, Optional<String> known) throws IOException {
    URI at = URI.create(feed.location());
    return switch (feed.leadsTo()) {
      case FILE -> file(feed, at, known);
      case MIRRORS -> updateInfo(feed, at, known);
    };
  }

  private Offer file(Feed feed, URI at, Optional<String> known) throws IOException {
    return switch (server.get(at, known)) {
      case FeedServer.Absent _ -> throw new IOException(FeedUri.shown(at) + " is not there");
      case FeedServer.Unchanged _ -> new Unchanged();
      case FeedServer.Bytes bytes ->
          new Content(
              Decompression.of(feed.compression(), bytes.in(), feed.name()), bytes.version());
    };
  }

  private Offer updateInfo(Feed feed, URI mirrors, Optional<String> known) throws IOException {
    var repository = new PackageRepository(server);
    var found = repository.find(mirrors);
    String version = found.updateInfo().version();
    if (known.equals(Optional.of(version))) {
      return new Unchanged();
    }
    var bytes = new ByteArrayInputStream(repository.fetch(found));
    return new Content(Decompression.of(feed.compression(), bytes, feed.name()), version);
  }
}
