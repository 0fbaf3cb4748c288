package dev.berth.lambda.feed;

import dev.berth.core.scan.catalog.Distributions;
import dev.berth.core.scan.feed.Feed;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the file of a feed is called in a directory or on a mirror: as the feed, {@code debian.zip},
 * or as its publisher calls it, {@code nvdcve-2.0-2024.json.gz}, if no other feed's is called so.
 */
final class FeedFiles {

  private static final Pattern ENDING = Pattern.compile("\\.(?:zip|json|xml)(?:\\.gz|\\.bz2)?$");
  private static final String REPOSITORY_ENDING = ".xml.gz";

  private static final Map<String, Long> PUBLISHED =
      Distributions.feeds().stream()
          .map(FeedFiles::published)
          .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));

  private FeedFiles() {}

  /** The names that it may have, the first one first. */
  static List<String> names(Feed feed) {
    return Stream.concat(
            Stream.of(feed.name() + ending(feed)),
            Stream.of(published(feed)).filter(name -> isOneFeeds(feed, name)))
        .toList();
  }

  private static boolean isOneFeeds(Feed feed, String name) {
    return feed.leadsTo() == Feed.Location.FILE && PUBLISHED.getOrDefault(name, 0L) <= 1;
  }

  private static String published(Feed feed) {
    return feed.location().substring(feed.location().lastIndexOf('/') + 1);
  }

  private static String ending(Feed feed) {
    if (feed.leadsTo() == Feed.Location.MIRRORS) {
      return REPOSITORY_ENDING;
    }
    Matcher ending = ENDING.matcher(published(feed));
    return ending.find() ? ending.group() : "";
  }
}
