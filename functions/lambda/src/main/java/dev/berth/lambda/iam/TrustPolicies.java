package dev.berth.lambda.iam;

import dev.berth.core.policy.PolicyDocument;
import dev.berth.core.policy.PolicyException;
import dev.berth.core.policy.PolicyPrincipal;
import dev.berth.core.policy.PolicyPrincipal.Identity;
import dev.berth.core.policy.PolicyReader;
import dev.berth.core.policy.PolicySize;
import dev.berth.core.policy.Statement;
import dev.berth.registry.identity.Entity;
import dev.berth.registry.identity.Identities;
import dev.berth.registry.identity.IdentityException.LimitExceeded;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The trust policies of roles, which are found valid before they are kept. */
final class TrustPolicies {

  private static final Pattern IDENTITY =
      Pattern.compile("arn:aws:iam::(?<account>[0-9]{12}):(?<kind>user|role)/(?:.*/)?(?<name>.+)");

  private final Identities identities;

  TrustPolicies(Identities identities) {
    this.identities = identities;
  }

  /**
   * @throws dev.berth.lambda.query.QueryError if it is no trust policy, or names a user or role of
   *     the account that is not there
   */
  void check(String account, String text) {
    read(text).statements().stream()
        .flatMap(TrustPolicies::principals)
        .filter(Identity.class::isInstance)
        .map(principal -> ((Identity) principal).arn())
        .distinct()
        .filter(arn -> isMissing(account, arn))
        .findFirst()
        .ifPresent(
            arn -> {
              throw IamErrors.malformedPolicy(
                  "Invalid principal in policy: \"AWS\":\"%s\"".formatted(arn));
            });
  }

  private static Stream<PolicyPrincipal> principals(Statement statement) {
    return statement.principals().stream().flatMap(selection -> selection.entries().stream());
  }

  private static PolicyDocument read(String text) {
    try {
      return PolicyReader.ofTrust().read(text);
    } catch (PolicyException.TooLong _) {
      throw LimitExceeded.quota("ACLSizePerRole", PolicySize.TRUST.limit());
    } catch (PolicyException e) {
      throw IamErrors.malformedPolicy(e.getMessage());
    }
  }

  /** Whether it would be one of this account's; those of others are theirs to know. */
  private boolean isMissing(String account, String arn) {
    Matcher matcher = IDENTITY.matcher(arn);
    return matcher.matches()
        && matcher.group("account").equals(account)
        && find(account, matcher.group("kind"), matcher.group("name"))
            .filter(entity -> entity.arn().equals(arn))
            .isEmpty();
  }

  private Optional<? extends Entity> find(String account, String kind, String name) {
    return kind.equals("user")
        ? identities.users().find(account, name)
        : identities.roles().find(account, name);
  }
}
