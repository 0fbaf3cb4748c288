package dev.berth.core.login;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A role here that principals of AWS log in as.
 *
 * @param account 12 digits
 * @param name without its path
 */
public record MappedRole(String arn, String account, String name) {

  private static final Pattern ARN =
      Pattern.compile(
          "arn:aws:iam::(?<account>[0-9]{12}):role/(?:[!-~&&[^*?]]{1,510}/)?(?<name>[\\w+=,.@-]{1,64})");

  static Optional<MappedRole> parse(String arn) {
    Matcher matcher = ARN.matcher(arn);
    return matcher.matches()
        ? Optional.of(new MappedRole(arn, matcher.group("account"), matcher.group("name")))
        : Optional.empty();
  }
}
