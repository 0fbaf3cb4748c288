package dev.berth.lambda.iam;

import dev.berth.core.authz.Principal;
import dev.berth.lambda.http.Parameters;
import java.util.Optional;
import java.util.regex.Pattern;

/** The parameters of an action, and who calls it. */
record IamRequest(Principal caller, Parameters parameters) {

  private static final int LONGEST_ROLE_NAME = 64;
  private static final int QUOTED_AT_MOST = 100;

  /** roleNameType of IAM's model. */
  private static final Pattern NAME = Pattern.compile("[\\w+=,.@-]+");

  /** The account whose identities the caller can see. */
  String account() {
    return caller.account();
  }

  String roleName() {
    return text("RoleName", 1, LONGEST_ROLE_NAME, NAME);
  }

  /**
   * @throws IamError if the parameter is not there
   */
  String required(String name) {
    return parameters
        .first(name)
        .orElseThrow(() -> IamError.validation("null", member(name), "not be null"));
  }

  /**
   * @throws IamError if the parameter is not there or not of this length and pattern
   */
  String text(String name, int min, int max, Pattern pattern) {
    return check(name, required(name), min, max, pattern);
  }

  Optional<String> optionalText(String name, int min, int max, Pattern pattern) {
    return parameters.first(name).map(value -> check(name, value, min, max, pattern));
  }

  private static String check(String name, String value, int min, int max, Pattern pattern) {
    int length = value.codePointCount(0, value.length());
    if (length < min) {
      throw refused(name, value, "have length greater than or equal to " + min);
    }
    if (length > max) {
      throw refused(name, value, "have length less than or equal to " + max);
    }
    if (!pattern.matcher(value).matches()) {
      throw refused(name, value, "satisfy regular expression pattern: " + pattern.pattern());
    }
    return value;
  }

  private static IamError refused(String name, String value, String constraint) {
    String quoted =
        value.length() <= QUOTED_AT_MOST ? value : value.substring(0, QUOTED_AT_MOST) + "...";
    return IamError.validation("'" + quoted + "'", member(name), constraint);
  }

  private static String member(String name) {
    return Character.toLowerCase(name.charAt(0)) + name.substring(1);
  }
}
