package dev.berth.registry.scan.update;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.berth.core.scan.feed.Feed;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Feeds in memory; each version is the content itself. */
final class MemorySource implements FeedSource {

  private final Map<String, String> feeds = new TreeMap<>();
  private final Map<String, IOException> failures = new TreeMap<>();
  private final List<String> sent = new ArrayList<>();

  void put(String feed, String content) {
    feeds.put(feed, content);
    failures.remove(feed);
  }

  void remove(String feed) {
    feeds.remove(feed);
  }

  void fail(String feed, String why) {
    failures.put(feed, new IOException(why));
  }

  /** The feeds whose content was sent since this was last asked. */
  List<String> takeSent() {
    List<String> taken = List.copyOf(sent);
    sent.clear();
    return taken;
  }

  @Override
  public Offer open(Feed feed, Optional<String> known) throws IOException {
    String name = feed.name();
    if (failures.containsKey(name)) {
      throw failures.get(name);
    }
    if (!feeds.containsKey(name)) {
      return new Absent();
    }
    String content = feeds.get(name);
    if (known.equals(Optional.of(content))) {
      return new Unchanged();
    }
    sent.add(name);
    return new Content(new ByteArrayInputStream(content.getBytes(UTF_8)), content);
  }
}
