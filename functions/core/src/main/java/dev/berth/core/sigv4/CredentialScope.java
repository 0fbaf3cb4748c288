package dev.berth.core.sigv4;

import java.util.ArrayList;
import java.util.List;

/**
 * A {@code Credential}: an access key's id and what the signing key was derived for.
 *
 * @param date {@code yyyyMMdd}
 */
record CredentialScope(
    String accessKeyId, String date, String region, String service, String terminator) {

  static final String TERMINATOR = "aws4_request";

  static CredentialScope parse(String credential) throws Refusal {
    String[] parts = credential.split("/", -1);
    if (parts.length != 5) {
      throw Refusal.incomplete(
          "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '%s'"
              .formatted(credential));
    }
    return new CredentialScope(parts[0], parts[1], parts[2], parts[3], parts[4]);
  }

  void check(ExpectedScope expected, SigningTime time) throws Refusal {
    List<String> wrong = new ArrayList<>();
    if (!expected.regions().test(region)) {
      wrong.add("Credential should be scoped to a valid region.");
    }
    if (!service.equals(expected.service())) {
      wrong.add(
          "Credential should be scoped to correct service: '%s'.".formatted(expected.service()));
    }
    if (!terminator.equals(TERMINATOR)) {
      wrong.add(
          "Credential should be scoped with a valid terminator: '%s', not '%s'."
              .formatted(TERMINATOR, terminator));
    }
    if (!date.equals(time.date())) {
      wrong.add(
          "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '%s' != '%s', from '%s'."
              .formatted(date, time.date(), time));
    }
    if (!wrong.isEmpty()) {
      throw Refusal.invalid(String.join(" ", wrong));
    }
  }

  /** As the string to sign holds it: without the key's id. */
  @Override
  public String toString() {
    return String.join("/", date, region, service, terminator);
  }
}
