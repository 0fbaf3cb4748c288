package dev.berth.local.host;

import dev.berth.core.scan.index.Generation;

/**
 * The indexes that are in force in a region.
 *
 * @param generation its id
 */
public record FeedsStatus(String region, String generation, Generation manifest) {

  /** As {@link FeedsCommand} answers it. */
  String line() {
    return String.join(" ", region, generation, manifest.json());
  }

  static FeedsStatus ofLine(String line) {
    String[] words = line.split(" ", 3);
    return new FeedsStatus(words[0], words[1], Generation.parse(words[2]));
  }
}
