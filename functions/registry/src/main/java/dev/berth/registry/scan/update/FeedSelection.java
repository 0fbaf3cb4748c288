package dev.berth.registry.scan.update;

import dev.berth.core.scan.catalog.Distributions;
import dev.berth.core.scan.feed.Feed;
import dev.berth.core.scan.feed.nvd.NvdFeed;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Which feeds are asked for.
 *
 * @param names of feeds, or what names begin with before a hyphen: {@code debian}, {@code alpine},
 *     {@code alpine-3.22}, {@code nvd}; none for all
 */
public record FeedSelection(List<String> names) {

  public static final FeedSelection ALL = new FeedSelection(List.of());

  private static final String NVD = "nvd";

  /**
   * @throws IllegalArgumentException if no feed has one of the names
   */
  public FeedSelection {
    names = List.copyOf(names);
    for (String name : names) {
      if (Stream.concat(advisories(), vulnerabilities()).noneMatch(feed -> fits(feed, name))) {
        throw new IllegalArgumentException(
            "there is no feed '%s', but %s".formatted(name, String.join(", ", known())));
      }
    }
  }

  private static Stream<String> advisories() {
    return Distributions.feeds().stream().map(Feed::name);
  }

  private static Stream<String> vulnerabilities() {
    return CveYears.all().map(year -> NvdFeed.ofYear(year).name());
  }

  /** The first words of all names. */
  private static TreeSet<String> known() {
    TreeSet<String> known = new TreeSet<>(List.of(NVD));
    advisories().map(name -> name.replaceFirst("-.*", "")).forEach(known::add);
    return known;
  }

  private static boolean fits(String feed, String name) {
    return feed.equals(name) || feed.startsWith(name + "-");
  }

  /** Whether a feed is asked for. */
  public boolean has(Feed feed) {
    return names.isEmpty() || names.stream().anyMatch(name -> fits(feed.name(), name));
  }

  /** A group is asked for if one of its feeds is: they go together. */
  boolean hasAny(List<Feed> group) {
    return group.stream().anyMatch(this::has);
  }
}
