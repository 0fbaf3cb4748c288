package dev.berth.core.policy;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Repositories that a statement is about, by an ARN whose last part may have wildcards: {@code
 * arn:aws:ecr:us-west-2:111122223333:repository/prod-*}.
 */
public record ResourcePattern(String arn) {

  private static final Pattern RULE =
      Pattern.compile(
          "arn:aws[a-z-]*:ecr:(?<region>[a-z0-9-]+):(?<account>[0-9]{12})"
              + ":repository/[a-z0-9._/*?-]+");

  /** Empty for what is not the ARN of repositories of this registry. */
  static Optional<ResourcePattern> parse(String arn, String account, String region) {
    Matcher matcher = RULE.matcher(arn);
    return matcher.matches()
            && matcher.group("account").equals(account)
            && matcher.group("region").equals(region)
        ? Optional.of(new ResourcePattern(arn))
        : Optional.empty();
  }

  /**
   * @param repositoryArn of one repository
   */
  public boolean matches(String repositoryArn) {
    return Wildcards.matches(arn, repositoryArn);
  }
}
