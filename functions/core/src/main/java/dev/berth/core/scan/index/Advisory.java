package dev.berth.core.scan.index;

import dev.berth.core.scan.Severity;
import java.util.List;

/**
 * What a distribution says about a vulnerability, or about several that one update fixes.
 *
 * @param id as the distribution writes it: {@code ALSA-2023:7754}, or the CVE itself
 * @param cves the names that findings have, at least one
 * @param severity the distribution's own word for all of them, or undefined
 * @param uri where it can be read
 */
public record Advisory(String id, List<String> cves, Severity severity, String uri) {

  /**
   * @throws IllegalArgumentException if nothing is named
   */
  public Advisory {
    cves = List.copyOf(cves);
    if (cves.isEmpty()) {
      throw new IllegalArgumentException(id + " names no vulnerability");
    }
  }
}
