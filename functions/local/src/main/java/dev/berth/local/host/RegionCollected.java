package dev.berth.local.host;

import dev.berth.registry.gc.Collected;
import java.util.Arrays;

/** What was freed in a region. */
public record RegionCollected(String region, Collected collected) {

  /** As {@link CollectCommand} answers it. */
  static String line(String region, Collected collected) {
    return "%s %d %d %d %d %d %d"
        .formatted(
            region,
            collected.announced(),
            collected.links(),
            collected.blobs(),
            collected.objects(),
            collected.bytes(),
            collected.skipped());
  }

  static RegionCollected ofLine(String line) {
    String[] parts = line.split(" ");
    long[] numbers = Arrays.stream(parts).skip(1).mapToLong(Long::parseLong).toArray();
    return new RegionCollected(
        parts[0],
        new Collected(numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[5]));
  }
}
