package dev.berth.core.login;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.berth.core.policy.condition.Arn;
import dev.berth.core.text.Excerpt;
import dev.berth.core.text.StrictJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which role a principal of AWS logs in as: the operator's list, of which the first entry that
 * matches decides.
 */
public record AwsPrincipals(List<MappedPrincipal> entries) {

  private static final ObjectReader READER =
      StrictJson.mapper(StreamReadConstraints.builder().maxNestingDepth(10).build())
          .build()
          .readerFor(JsonNode.class);

  public AwsPrincipals {
    entries = List.copyOf(entries);
  }

  /**
   * Reads {@code [{"principal": "arn:aws:sts::111122223333:assumed-role/ci/*", "role":
   * "arn:aws:iam::123456789012:role/ci"}]}.
   *
   * @throws IllegalArgumentException if it is anything else; the message names the entry
   */
  public static AwsPrincipals parse(String json) {
    JsonNode list = read(json);
    if (!list.isArray() || list.isEmpty()) {
      throw new IllegalArgumentException(
          "it must be a JSON array of at least one object with 'principal' and 'role'");
    }
    List<MappedPrincipal> entries = new ArrayList<>();
    for (JsonNode entry : list) {
      entries.add(entry(entry, "entry " + (entries.size() + 1)));
    }
    return new AwsPrincipals(entries);
  }

  private static JsonNode read(String json) {
    try {
      return READER.readTree(json);
    } catch (JacksonException e) {
      throw new IllegalArgumentException(
          "it is not JSON: %s (%s)"
              .formatted(
                  Excerpt.of(e.getOriginalMessage()), StrictJson.place(e).orElse("at its end")));
    }
  }

  private static MappedPrincipal entry(JsonNode entry, String place) {
    if (!entry.isObject()
        || entry.size() != 2
        || !entry.path("principal").isTextual()
        || !entry.path("role").isTextual()) {
      throw new IllegalArgumentException(
          place + " must be an object with the strings 'principal' and 'role', and nothing else");
    }
    try {
      return MappedPrincipal.of(entry.get("principal").textValue(), entry.get("role").textValue());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(place + ": " + e.getMessage());
    }
  }

  /** The role of a principal as STS names it; empty where no entry is about it. */
  public Optional<MappedRole> roleOf(String principalArn) {
    return Arn.parse(principalArn).stream()
        .flatMap(arn -> entries.stream().filter(entry -> entry.matches(arn)))
        .map(MappedPrincipal::role)
        .findFirst();
  }
}
