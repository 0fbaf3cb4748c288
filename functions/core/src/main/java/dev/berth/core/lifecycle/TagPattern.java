package dev.berth.core.lifecycle;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A pattern for tags: texts that a tag has one behind the other, with anything in between. The
 * first one begins the tag and the last one ends it.
 *
 * @param texts at least one; they may be empty
 */
public record TagPattern(List<String> texts) {

  /** How many wildcards an entry of a {@code tagPatternList} may have (guide of today). */
  static final int MOST_WILDCARDS = 4;

  private static final Pattern WILDCARD = Pattern.compile("*", Pattern.LITERAL);

  public TagPattern {
    texts = List.copyOf(texts);
  }

  /** What begins with this, in which {@code *} means itself. */
  static TagPattern prefix(String prefix) {
    return new TagPattern(List.of(prefix, ""));
  }

  /** What this matches as a whole, where {@code *} stands for any characters or none. */
  static TagPattern wildcards(String pattern) {
    return new TagPattern(List.of(WILDCARD.split(pattern, -1)));
  }

  /** In time proportional to the tag and the pattern, whatever they are: no backtracking. */
  boolean matches(String tag) {
    String first = texts.getFirst();
    if (texts.size() == 1) {
      return tag.equals(first);
    }
    String last = texts.getLast();
    if (!tag.startsWith(first)) {
      return false;
    }
    int from = first.length();
    for (String text : texts.subList(1, texts.size() - 1)) {
      int at = tag.indexOf(text, from);
      if (at < 0) {
        return false;
      }
      from = at + text.length();
    }
    return tag.length() - last.length() >= from && tag.endsWith(last);
  }
}
