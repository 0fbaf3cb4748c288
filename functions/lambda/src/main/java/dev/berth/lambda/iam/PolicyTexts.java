package dev.berth.lambda.iam;

import dev.berth.core.policy.PolicyException;
import dev.berth.core.policy.PolicyReader;
import dev.berth.core.policy.PolicySize;
import dev.berth.lambda.query.QueryRequest;
import dev.berth.registry.identity.IdentityException.LimitExceeded;
import dev.berth.registry.identity.Permissions;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** The texts of identity policies, which are found valid before they are kept. */
final class PolicyTexts {

  private static final int LONGEST = 131_072;
  private static final Pattern DOCUMENT = Pattern.compile("[\\t\\n\\r\\x20-\\xFF]+");

  private PolicyTexts() {}

  /** As the model has it; whether it is a policy is not known yet. */
  static String required(QueryRequest request, String parameter) {
    return request.text(parameter, 1, LONGEST, DOCUMENT);
  }

  /**
   * With an inline policy more, or another one under its name.
   *
   * @param owner kind and name: {@code user alice}
   */
  static Permissions withInline(
      Permissions before, String name, String text, PolicySize size, String owner) {
    check(text, size, () -> LimitExceeded.size(size, owner));
    Permissions after = before.withInline(name, text);
    if (after.inline().values().stream().mapToLong(size::of).sum() > size.limit()) {
      throw LimitExceeded.size(size, owner);
    }
    return after;
  }

  static void checkManaged(String text) {
    var size = PolicySize.MANAGED;
    check(text, size, () -> LimitExceeded.quota("PolicySize", size.limit()));
  }

  private static void check(String text, PolicySize size, Supplier<LimitExceeded> tooLong) {
    try {
      PolicyReader.ofIdentity(size).read(text);
    } catch (PolicyException.TooLong _) {
      throw tooLong.get();
    } catch (PolicyException e) {
      throw IamErrors.malformedPolicy(e.getMessage());
    }
  }
}
