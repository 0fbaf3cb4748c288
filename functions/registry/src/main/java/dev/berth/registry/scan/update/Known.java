package dev.berth.registry.scan.update;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.berth.core.scan.index.CveDetails;
import dev.berth.core.scan.index.CveIndex;
import dev.berth.core.scan.index.ReleaseIndex;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The vulnerabilities that advisories name, and what those say of them, file by file. */
final class Known {

  private final Map<String, TreeSet<String>> names = new TreeMap<>();
  private final Map<String, List<CveIndex>> details = new TreeMap<>();

  void name(ReleaseIndex index) {
    index
        .vulnerabilities()
        .forEach(
            name -> names.computeIfAbsent(CveYears.fileOf(name), _ -> new TreeSet<>()).add(name));
  }

  void add(String file, CveIndex said) {
    details.computeIfAbsent(file, _ -> new ArrayList<>()).add(said);
  }

  /** Those with the vulnerabilities that are named. */
  Set<String> files() {
    return names.keySet();
  }

  Set<String> names(String file) {
    return names.get(file);
  }

  /** Whether advisories that were read now say anything. */
  boolean hasNew(String file) {
    return details.containsKey(file);
  }

  /** What they say, the last in precedence. */
  Stream<CveDetails> said(String file) {
    return details.getOrDefault(file, List.of()).stream().flatMap(CveIndex::all);
  }

  /** The same for the same names. */
  String digest(Iterable<String> files) {
    MessageDigest digest = sha256();
    files.forEach(
        file ->
            names
                .getOrDefault(file, new TreeSet<>())
                .forEach(name -> digest.update((name + "\n").getBytes(UTF_8))));
    return HexFormat.of().formatHex(digest.digest(), 0, 16);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
