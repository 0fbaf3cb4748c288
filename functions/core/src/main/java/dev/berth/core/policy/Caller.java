package dev.berth.core.policy;

import dev.berth.core.authz.Principal;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who asks, as the principals of policies name it.
 *
 * @param account 12 digits; empty text for a service
 * @param arn of a root, a user or a session; the name of a service
 * @param role the name of the role whose session it is
 */
record Caller(String account, String arn, Optional<String> role) {

  private static final Pattern ROLE = Pattern.compile("arn:[^:]*:iam::([0-9]{12}):role/(?:.*/)?");
  private static final String SESSION = ":assumed-role/";

  static Caller of(Principal principal) {
    return new Caller(principal.account(), principal.arn(), roleOf(principal.arn()));
  }

  private static Optional<String> roleOf(String arn) {
    int start = arn.indexOf(SESSION);
    int end = arn.indexOf('/', start + SESSION.length());
    return start < 0 || end < 0
        ? Optional.empty()
        : Optional.of(arn.substring(start + SESSION.length(), end));
  }

  boolean isRoot() {
    return arn.endsWith(":root") && arn.startsWith("arn:");
  }

  boolean isService() {
    return !arn.startsWith("arn:");
  }

  /**
   * A session's ARN does not tell its role's path, but a role's name is unique in its account
   * whatever its path (IAM User Guide, "IAM and AWS STS quotas").
   */
  boolean isSessionOf(String roleArn) {
    if (role.isEmpty() || !roleArn.endsWith("/" + role.get())) {
      return false;
    }
    Matcher path = ROLE.matcher(roleArn.substring(0, roleArn.length() - role.get().length()));
    return path.matches() && path.group(1).equals(account);
  }
}
