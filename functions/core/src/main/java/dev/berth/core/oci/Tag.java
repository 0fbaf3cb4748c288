package dev.berth.core.oci;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A tag of an image (OCI distribution specification, "Pulling manifests"): 1 to 128 characters.
 *
 * @throws IllegalArgumentException if {@code value} is not such a tag
 */
public record Tag(String value) implements Comparable<Tag> {

  private static final Pattern RULE = Pattern.compile("[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}");

  public Tag {
    if (!RULE.matcher(value).matches()) {
      throw new IllegalArgumentException("not a tag: " + value);
    }
  }

  public static Optional<Tag> parse(String text) {
    return RULE.matcher(text).matches() ? Optional.of(new Tag(text)) : Optional.empty();
  }

  @Override
  public int compareTo(Tag other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
