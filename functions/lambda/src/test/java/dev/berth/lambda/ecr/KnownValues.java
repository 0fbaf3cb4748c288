package dev.berth.lambda.ecr;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * What a member may well be, by its name: that which was told, and that which answers held, so that
 * random requests meet what is there.
 */
final class KnownValues {

  private static final int MOST = 64;
  private static final int LONGEST = 100_000;

  private final RandomGenerator random;
  private final Map<String, List<String>> values = new HashMap<>();

  KnownValues(RandomGenerator random) {
    this.random = random;
  }

  KnownValues add(String member, String... more) {
    for (String value : more) {
      List<String> known = values.computeIfAbsent(key(member), any -> new ArrayList<>());
      if (known.size() < MOST) {
        known.add(value);
      } else {
        known.set(random.nextInt(MOST), value);
      }
    }
    return this;
  }

  /** Remembers every text of an answer under its member's name. */
  void learn(String member, JsonNode answer) {
    if (answer.isTextual() && answer.textValue().length() <= LONGEST) {
      add(member, answer.textValue());
    }
    answer.properties().forEach(entry -> learn(entry.getKey(), entry.getValue()));
    if (answer.isArray()) {
      answer.forEach(element -> learn(member, element));
    }
  }

  Optional<String> one(String member) {
    return Optional.ofNullable(values.get(key(member)))
        .map(known -> known.get(random.nextInt(known.size())));
  }

  /**
   * The same for lists as for their elements: {@code layerDigests} are like {@code layerDigest}.
   */
  private static String key(String member) {
    String lower = member.toLowerCase(Locale.ROOT);
    return lower.endsWith("s") ? lower.substring(0, lower.length() - 1) : lower;
  }
}
