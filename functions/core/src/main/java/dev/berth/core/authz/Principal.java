package dev.berth.core.authz;

/**
 * Who makes a request, once it is authenticated.
 *
 * @param account 12 digits
 * @param arn {@code arn:aws:iam::<account>:root} for an account's root
 * @param uniqueId never reused, so a user who is deleted and made again is another principal; the
 *     account id for a root
 * @param accessKeyId the key by which it was authenticated
 */
public record Principal(String account, String arn, String uniqueId, String accessKeyId) {

  public static Principal root(String account, String accessKeyId) {
    return new Principal(account, "arn:aws:iam::" + account + ":root", account, accessKeyId);
  }
}
