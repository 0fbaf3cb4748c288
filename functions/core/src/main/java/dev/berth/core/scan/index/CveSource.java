package dev.berth.core.scan.index;

import java.util.List;
import java.util.Optional;

/** Where what is known of vulnerabilities can be looked up. */
@FunctionalInterface
public interface CveSource {

  Optional<CveDetails> find(String cve);

  /** Asks one after another. */
  static CveSource of(List<CveIndex> indexes) {
    List<CveIndex> all = List.copyOf(indexes);
    return cve -> all.stream().flatMap(index -> index.find(cve).stream()).findFirst();
  }
}
