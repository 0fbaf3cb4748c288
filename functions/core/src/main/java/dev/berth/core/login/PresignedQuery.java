package dev.berth.core.login;

import dev.berth.core.login.LoginException.Malformed;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The query of a presigned GetCallerIdentity: each parameter that it takes, once, and no other.
 * Values are compared as they are encoded, so nothing is decoded twice by anybody.
 *
 * @param region that it was signed for
 * @param expiresAt at most 15 minutes later
 */
record PresignedQuery(String region, String signature, Instant signedAt, Instant expiresAt) {

  private static final Map<String, Pattern> PARAMETERS =
      Map.of(
          "Action", Pattern.compile("GetCallerIdentity"),
          "Version", Pattern.compile("2011-06-15"),
          "X-Amz-Algorithm", Pattern.compile("AWS4-HMAC-SHA256"),
          "X-Amz-Credential",
              Pattern.compile(
                  "\\w{16,128}%2F(?<date>[0-9]{8})%2F(?<region>[a-z0-9-]{1,30})%2Fsts%2Faws4_request"),
          "X-Amz-Date", Pattern.compile("[0-9]{8}T[0-9]{6}Z"),
          "X-Amz-Expires", Pattern.compile("[1-9][0-9]{0,2}"),
          "X-Amz-SignedHeaders", Pattern.compile("host%3Bx-k8s-aws-id"),
          "X-Amz-Security-Token", Pattern.compile("(?:[A-Za-z0-9._~-]|%[0-9A-F]{2})+"),
          "X-Amz-Signature", Pattern.compile("[0-9a-f]{64}"));

  /** What long-term credentials do not have. */
  private static final Set<String> OPTIONAL = Set.of("X-Amz-Security-Token");

  private static final long LONGEST_SECONDS = 900;

  private static final DateTimeFormatter BASIC =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC)
          .withResolverStyle(ResolverStyle.STRICT);

  /**
   * @throws Malformed if it is anything else
   */
  static PresignedQuery parse(String query) {
    Map<String, Matcher> values = new HashMap<>();
    for (String pair : query.split("&", -1)) {
      String[] parts = pair.split("=", 2);
      if (values.put(parts[0], matcher(parts)) != null) {
        throw refused(parts[0], "is there twice");
      }
    }
    for (String name : PARAMETERS.keySet()) {
      if (!values.containsKey(name) && !OPTIONAL.contains(name)) {
        throw refused(name, "is missing");
      }
    }
    return of(values);
  }

  private static Matcher matcher(String[] pair) {
    Pattern pattern = PARAMETERS.get(pair[0]);
    if (pattern == null) {
      throw new Malformed(
          "The token's request has a parameter that GetCallerIdentity does not take.");
    }
    Matcher value = pattern.matcher(pair.length < 2 ? "" : pair[1]);
    if (!value.matches()) {
      throw refused(pair[0], "is not what GetCallerIdentity takes");
    }
    return value;
  }

  private static PresignedQuery of(Map<String, Matcher> values) {
    String date = values.get("X-Amz-Date").group();
    Matcher credential = values.get("X-Amz-Credential");
    long seconds = Long.parseLong(values.get("X-Amz-Expires").group());
    if (seconds > LONGEST_SECONDS) {
      throw refused("X-Amz-Expires", "is more than " + LONGEST_SECONDS);
    }
    if (!date.startsWith(credential.group("date"))) {
      throw refused("X-Amz-Date", "is not of the day of the credential");
    }
    Instant signedAt = instant(date);
    return new PresignedQuery(
        credential.group("region"),
        values.get("X-Amz-Signature").group(),
        signedAt,
        signedAt.plusSeconds(seconds));
  }

  private static Instant instant(String date) {
    try {
      return BASIC.parse(date, Instant::from);
    } catch (DateTimeParseException e) {
      throw refused("X-Amz-Date", "is no date");
    }
  }

  private static Malformed refused(String name, String why) {
    return new Malformed("The token's request is not as it must be: %s %s.".formatted(name, why));
  }
}
