package dev.berth.lambda.ecr;

import dev.berth.core.oci.RepositoryName;
import dev.berth.lambda.ecr.EcrError.InvalidParameter;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the ARN of a repository says: {@code arn:aws:ecr:REGION:ACCOUNT:repository/NAME}. */
record RepositoryArn(String region, String account, RepositoryName name) {

  private static final Pattern FORM =
      Pattern.compile("arn:aws:ecr:([a-z0-9-]++):([0-9]{12}):repository/(.++)");

  /**
   * For the constructors of requests.
   *
   * @throws InvalidParameter for anything but the ARN of a repository
   */
  static RepositoryArn parse(String member, String text) {
    Matcher matcher = FORM.matcher(Constraints.required(member, text));
    Optional<RepositoryName> name =
        matcher.matches() ? RepositoryName.parse(matcher.group(3)) : Optional.empty();
    return name.map(valid -> new RepositoryArn(matcher.group(1), matcher.group(2), valid))
        .orElseThrow(() -> new InvalidParameter(member, "Invalid ARN"));
  }
}
