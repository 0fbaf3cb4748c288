package dev.berth.core.scan.feed;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The names of vulnerabilities. */
public final class CveNames {

  private static final Pattern CVE = Pattern.compile("CVE-\\d{4}-\\d{4,19}");

  private CveNames() {}

  public static boolean isCve(String text) {
    return CVE.matcher(text).matches();
  }

  /** Those of some names that are CVEs, each once, in their order. */
  public static List<String> among(Stream<String> names) {
    return names.filter(CveNames::isCve).distinct().toList();
  }
}
