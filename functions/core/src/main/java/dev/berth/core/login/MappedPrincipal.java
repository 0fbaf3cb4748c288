package dev.berth.core.login;

import dev.berth.core.policy.condition.Arn;
import dev.berth.core.policy.condition.ArnPattern;
import dev.berth.core.policy.condition.RequestContext;
import dev.berth.core.policy.condition.Template;
import dev.berth.core.text.Excerpt;
import java.util.regex.Pattern;

/**
 * Principals of AWS, and the role that they log in as.
 *
 * @param pattern an ARN, with wildcards in its last part
 */
public record MappedPrincipal(String pattern, ArnPattern principals, MappedRole role) {

  /** Wildcards are for what an account itself names: one for the account would let all in. */
  private static final Pattern PRINCIPAL =
      Pattern.compile("arn:aws(?:-[a-z-]+)?:(?:iam|sts)::[0-9]{12}:[\\w+=,.@/*?:-]{1,512}");

  private static final Pattern OF_A_ROLE = Pattern.compile("arn:[^:]*:(?:iam|sts)::\\d*:role/.*");

  static MappedPrincipal of(String principal, String role) {
    if (OF_A_ROLE.matcher(principal).matches()) {
      throw new IllegalArgumentException(
          "principal '%s': STS names a role's sessions, arn:aws:sts::ACCOUNT:assumed-role/ROLE/SESSION"
              .formatted(Excerpt.of(principal)));
    }
    if (!PRINCIPAL.matcher(principal).matches()) {
      throw new IllegalArgumentException(
          "principal '%s' is not the ARN of a principal of AWS with wildcards behind the account alone, such as arn:aws:sts::111122223333:assumed-role/ci/*"
              .formatted(Excerpt.of(principal)));
    }
    return new MappedPrincipal(
        principal,
        ArnPattern.of(Template.withoutVariables(principal)),
        MappedRole.parse(role)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "role '%s' is not the ARN of a role, such as arn:aws:iam::123456789012:role/ci"
                            .formatted(Excerpt.of(role)))));
  }

  boolean matches(Arn principal) {
    return principals.matches(principal, RequestContext.EMPTY);
  }
}
