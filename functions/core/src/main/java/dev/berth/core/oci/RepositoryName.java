package dev.berth.core.oci;

import java.util.Optional;

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

  public RepositoryName {
    if (!isValid(value)) {
      throw new IllegalArgumentException("not a repository name: " + value);
    }
  }

  public static Optional<RepositoryName> parse(String text) {
    return isValid(text) ? Optional.of(new RepositoryName(text)) : Optional.empty();
  }

  /** Reads the text once, as a listing of repositories checks very many names. */
  private static boolean isValid(String text) {
    if (text.length() < SHORTEST || text.length() > LONGEST) {
      return false;
    }
    boolean afterSeparator = true;
    int at = 0;
    while (at < text.length()) {
      if (isLetterOrDigit(text.charAt(at))) {
        afterSeparator = false;
        at++;
      } else if (afterSeparator) {
        return false;
      } else {
        int end = endOfSeparator(text, at);
        if (end == at) {
          return false;
        }
        afterSeparator = true;
        at = end;
      }
    }
    return !afterSeparator;
  }

  private static boolean isLetterOrDigit(char character) {
    return character >= 'a' && character <= 'z' || character >= '0' && character <= '9';
  }

  /** A slash, a dot, one or two underscores, or any number of dashes; {@code at} for none. */
  private static int endOfSeparator(String text, int at) {
    return switch (text.charAt(at)) {
      case '/', '.' -> at + 1;
      case '_' -> text.startsWith("__", at) ? at + 2 : at + 1;
      case '-' -> {
        int end = at;
        while (end < text.length() && text.charAt(end) == '-') {
          end++;
        }
        yield end;
      }
      default -> at;
    };
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
