package dev.berth.core.oci;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A repository's name within its registry, namespaces included. The rule is the ECR model's
 * RepositoryName: 2 to 256 characters of path components in lower case.
 *
 * @throws IllegalArgumentException if {@code value} is not such a name
 */
public record RepositoryName(String value) implements Comparable<RepositoryName> {

  private static final int SHORTEST = 2;
  private static final int LONGEST = 256;

  /** The pattern as ECR's model states it and as its error messages quote it. */
  public static final String PATTERN =
      "[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*(\\/[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*)*";

  // possessive, so that no name makes the match go back over what it has read
  private static final Pattern RULE =
      Pattern.compile(
          "[a-z0-9]++(?:(?:\\.|__|_|-++)[a-z0-9]++)*+(?:/[a-z0-9]++(?:(?:\\.|__|_|-++)[a-z0-9]++)*+)*+");

  public RepositoryName {
    if (!isValid(value)) {
      throw new IllegalArgumentException("not a repository name: " + value);
    }
  }

  public static Optional<RepositoryName> parse(String text) {
    return isValid(text) ? Optional.of(new RepositoryName(text)) : Optional.empty();
  }

  private static boolean isValid(String text) {
    return text.length() >= SHORTEST && text.length() <= LONGEST && RULE.matcher(text).matches();
  }

  @Override
  public int compareTo(RepositoryName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
