package dev.berth.core.authz;

import java.util.Optional;

/**
 * Who makes a request, once it is authenticated.
 *
 * @param account 12 digits
 * @param arn {@code arn:aws:iam::<account>:root} for an account's root, {@code
 *     arn:aws:sts::<account>:assumed-role/<role>/<session>} for a role's session
 * @param uniqueId never reused, so a user who is deleted and made again is another principal; the
 *     account id for a root, the role's id and the session's name for a role's session: {@code
 *     aws:userid}
 * @param accessKeyId the key by which it was authenticated
 * @param session where that key is a temporary one
 */
public record Principal(
    String account, String arn, String uniqueId, String accessKeyId, Optional<Session> session) {

  /** With a key of its own, that is, without a session. */
  public Principal(String account, String arn, String uniqueId, String accessKeyId) {
    this(account, arn, uniqueId, accessKeyId, Optional.empty());
  }

  public static Principal root(String account, String accessKeyId) {
    return new Principal(account, rootArn(account), account, accessKeyId);
  }

  public static String rootArn(String account) {
    return "arn:aws:iam::" + account + ":root";
  }

  public boolean isRoot() {
    return arn.equals(rootArn(account));
  }
}
