package dev.berth.registry.identity;

import java.util.regex.Pattern;

/**
 * What a user, a role or a policy can be called at all (IAM User Guide, "IAM name requirements"):
 * what is asked for by another name is not there, and needs no look.
 */
final class Names {

  private static final Pattern ACCOUNT = Pattern.compile("[0-9]{12}");

  /** In the characters that IAM allows; of policies, whose names may be the longest. */
  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_+=,.@-]{1,128}");

  private Names() {}

  static boolean arePossible(String account, String name) {
    return ACCOUNT.matcher(account).matches() && NAME.matcher(name).matches();
  }

  /**
   * @throws IllegalArgumentException if nothing can be called so
   */
  static void check(String account, String name) {
    if (!arePossible(account, name)) {
      throw new IllegalArgumentException(
          "a name that nothing has: %s in %s".formatted(name, account));
    }
  }
}
