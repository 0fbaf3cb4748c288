package dev.berth.local.host;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.berth.lambda.feed.DirectoryFeeds;
import dev.berth.lambda.feed.MirroredFeeds;
import dev.berth.lambda.feed.PublisherFeeds;
import dev.berth.registry.scan.update.FeedSelection;
import dev.berth.registry.scan.update.FeedSource;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which feeds are to be imported.
 *
 * @param from an absolute directory, or the URL of a mirror; empty for the publishers
 * @param only names as {@link FeedSelection} takes them; none for all
 */
public record FeedsQuestion(Optional<String> from, List<String> only) {

  /** All feeds, from their publishers. */
  static final FeedsQuestion ALL = new FeedsQuestion(Optional.empty(), List.of());

  private static final Pattern URL = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+://.*");
  private static final String NONE = "-";

  public FeedsQuestion {
    only = List.copyOf(only);
  }

  /** Whether it is a URL, and no directory. */
  public static boolean isUrl(String from) {
    return URL.matcher(from).matches();
  }

  /** As {@link FeedsCommand} takes it. */
  List<String> words() {
    return List.of(
        from.map(it -> URLEncoder.encode(it, UTF_8)).orElse(NONE),
        only.isEmpty() ? NONE : URLEncoder.encode(String.join(",", only), UTF_8));
  }

  /**
   * @throws SetupException if they are not what {@link #words} makes
   */
  static FeedsQuestion of(List<String> words) {
    if (words.size() != 2) {
      throw new SetupException("the host does not understand what this version asks");
    }
    List<String> decoded =
        words.stream().map(word -> word.equals(NONE) ? "" : decoded(word)).toList();
    return new FeedsQuestion(
        Optional.of(decoded.getFirst()).filter(text -> !text.isEmpty()),
        decoded.getLast().isEmpty() ? List.of() : List.of(decoded.getLast().split(",")));
  }

  private static String decoded(String word) {
    try {
      return URLDecoder.decode(word, UTF_8);
    } catch (IllegalArgumentException e) {
      throw new SetupException("the host does not understand what this version asks");
    }
  }

  /**
   * @throws SetupException if no feed has one of the names
   */
  public FeedSelection selection() {
    try {
      return new FeedSelection(only);
    } catch (IllegalArgumentException e) {
      throw new SetupException("--only: " + e.getMessage());
    }
  }

  /**
   * @throws SetupException if there can be no feeds
   */
  public FeedSource source() {
    return from.map(it -> isUrl(it) ? mirror(it) : directory(it)).orElseGet(PublisherFeeds::new);
  }

  private static FeedSource mirror(String url) {
    try {
      return new MirroredFeeds(url);
    } catch (IllegalArgumentException e) {
      throw new SetupException("--from: " + e.getMessage());
    }
  }

  private static FeedSource directory(String name) {
    try {
      Path directory = Path.of(name);
      if (Files.isDirectory(directory)) {
        return new DirectoryFeeds(directory);
      }
    } catch (InvalidPathException e) {
      // there is none of such a name
    }
    throw new SetupException("--from: there is no directory " + name);
  }
}
