package dev.berth.core.scan.feed.secdb;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The vulnerabilities that an entry names. People write these: {@code CVE-2016-6258 XSA-182},
 * {@code CVE-2018-14468 (FrameRelay)}, {@code CVE_2019-2426}, {@code XSA-235}, {@code
 * CVE-????-?????}.
 */
final class SecdbNames {

  private static final Pattern CVE = Pattern.compile("CVE[-_](\\d{4}-\\d{4,19})");
  private static final Pattern OTHER =
      Pattern.compile("\\b(?!CVE)[A-Z][A-Z0-9]{1,19}(?:-[A-Za-z0-9]{1,19}){1,5}");

  private SecdbNames() {}

  /** All CVEs, or, if there is none, the first name of another kind. */
  static Stream<String> of(String entry) {
    List<String> cves = CVE.matcher(entry).results().map(cve -> "CVE-" + cve.group(1)).toList();
    return cves.isEmpty()
        ? OTHER.matcher(entry).results().map(MatchResult::group).limit(1)
        : cves.stream();
  }
}
