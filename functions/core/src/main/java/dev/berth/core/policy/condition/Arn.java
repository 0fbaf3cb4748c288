package dev.berth.core.policy.condition;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An ARN, taken apart: {@code arn:<partition>:<service>:<region>:<account>:<resource>}, where the
 * resource may have colons (IAM User Guide, "Amazon Resource Names").
 *
 * @param parts six
 */
public record Arn(List<String> parts) {

  static final int PARTS = 6;

  private static final int SERVICE = 2;
  private static final int REGION = 3;
  private static final int ACCOUNT = 4;
  private static final int RESOURCE = 5;

  private static final String REPOSITORY = "repository/";

  public Arn {
    parts = List.copyOf(parts);
  }

  /** Empty for what has fewer parts, or does not begin with {@code arn}. */
  public static Optional<Arn> parse(String text) {
    if (!text.startsWith("arn:")) {
      return Optional.empty();
    }
    List<String> parts = new ArrayList<>(PARTS);
    int start = 0;
    while (parts.size() < PARTS - 1) {
      int colon = text.indexOf(':', start);
      if (colon < 0) {
        return Optional.empty();
      }
      parts.add(text.substring(start, colon));
      start = colon + 1;
    }
    parts.add(text.substring(start));
    return Optional.of(new Arn(parts));
  }

  public String account() {
    return parts.get(ACCOUNT);
  }

  public String region() {
    return parts.get(REGION);
  }

  /** Of what is a repository of ECR; a pattern of names as it is written. */
  public Optional<String> repositoryName() {
    return parts.get(SERVICE).equals("ecr") && parts.get(RESOURCE).startsWith(REPOSITORY)
        ? Optional.of(parts.get(RESOURCE).substring(REPOSITORY.length()))
        : Optional.empty();
  }
}
