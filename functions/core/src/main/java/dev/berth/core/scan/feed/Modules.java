package dev.berth.core.scan.feed;

import dev.berth.core.scan.index.AffectedPackage;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Which modules an advisory is about that has no member for them: builds for a module say so in
 * their release ({@code 1.module_el8.7.0+3371+ed8c43db}), and the advisory's title names the
 * stream: {@code Moderate: nodejs:16 security update}.
 */
public final class Modules {

  private static final String IN_RELEASE = ".module";
  private static final Pattern STREAM =
      Pattern.compile(
          "(?<=^|\\s)[a-zA-Z0-9][a-zA-Z0-9_.+-]*:[a-zA-Z0-9][a-zA-Z0-9_.+-]*(?=$|[\\s,])");

  private Modules() {}

  /** As {@link AffectedPackage} has them. */
  public static String of(String title, String version) {
    if (!isIn(version)) {
      return "";
    }
    List<String> streams =
        STREAM.matcher(title).results().map(MatchResult::group).distinct().toList();
    return streams.isEmpty() ? AffectedPackage.ANY_MODULE : String.join(",", streams);
  }

  /** Whether a version is of a build for a module. */
  public static boolean isIn(String version) {
    return version.contains(IN_RELEASE);
  }
}
