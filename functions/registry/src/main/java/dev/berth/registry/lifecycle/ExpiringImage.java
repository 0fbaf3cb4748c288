package dev.berth.registry.lifecycle;

import dev.berth.core.lifecycle.Expiration;
import dev.berth.core.oci.Digest;
import dev.berth.core.oci.Tag;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * An image that expires, as a preview keeps it.
 *
 * @param tags at most {@value #MOST_TAGS} of them, in the order of their bytes
 * @param rulePriority of the rule that applies
 */
public record ExpiringImage(Digest digest, List<Tag> tags, Instant pushedAt, int rulePriority) {

  /** As many as an image has by the guide's quota; with them a line stays far below 400 KB. */
  static final int MOST_TAGS = 1000;

  private static final String SEPARATOR = " ";

  public ExpiringImage {
    tags = List.copyOf(tags);
  }

  static ExpiringImage of(Expiration expiration) {
    var image = expiration.image();
    return new ExpiringImage(
        image.digest(),
        image.tags().stream().limit(MOST_TAGS).map(Tag::new).toList(),
        image.pushedAt(),
        expiration.rulePriority());
  }

  /** One line; neither digests nor tags have spaces. */
  String line() {
    return digest
        + SEPARATOR
        + pushedAt.toEpochMilli()
        + SEPARATOR
        + rulePriority
        + tags.stream().map(tag -> SEPARATOR + tag).collect(Collectors.joining());
  }

  static ExpiringImage parse(String line) {
    String[] parts = line.split(SEPARATOR);
    return new ExpiringImage(
        Digest.parse(parts[0]).orElseThrow(),
        Arrays.stream(parts).skip(3).map(Tag::new).toList(),
        Instant.ofEpochMilli(Long.parseLong(parts[1])),
        Integer.parseInt(parts[2]));
  }
}
