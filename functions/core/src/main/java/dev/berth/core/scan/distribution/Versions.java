package dev.berth.core.scan.distribution;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parts of the versions that images say they have. */
public final class Versions {

  private static final Pattern MAJOR = Pattern.compile("(\\d{1,4})(?:\\.\\d{1,9}){0,3}");
  private static final Pattern TWO_PARTS = Pattern.compile("(\\d{1,4}\\.\\d{1,4})(?:\\.\\d{1,9})?");

  private Versions() {}

  /** {@code 9} of {@code 9.4}; empty of anything else. */
  public static Optional<String> major(String version) {
    return first(MAJOR, version);
  }

  /** {@code 3.19} of {@code 3.19.1}; empty of anything else, such as {@code 3.19_alpha}. */
  public static Optional<String> twoParts(String version) {
    return first(TWO_PARTS, version);
  }

  private static Optional<String> first(Pattern pattern, String version) {
    Matcher matcher = pattern.matcher(version);
    return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
  }
}
