package dev.berth.core.lifecycle;

import dev.berth.core.oci.Digest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Texts of policies and images, for tests. */
final class Policies {

  static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");

  private Policies() {}

  static LifecyclePolicy policy(String... selections) {
    return LifecyclePolicy.parse(text(selections));
  }

  /** A policy of rules with these selections, of priorities 1, 2 and so on. */
  static String text(String... selections) {
    List<String> rules = new ArrayList<>();
    for (String selection : selections) {
      rules.add(rule(rules.size() + 1, selection));
    }
    return ofRules(rules);
  }

  static String ofRules(List<String> rules) {
    return padded("{\"rules\": [%s]}".formatted(String.join(",", rules)));
  }

  /** As long as a policy has to be at least. */
  static String padded(String text) {
    return text + " ".repeat(Math.max(0, LifecyclePolicy.SHORTEST - text.length()));
  }

  static String rule(int priority, String selection) {
    return "{\"rulePriority\": %d, \"selection\": {%s}, \"action\": {\"type\": \"expire\"}}"
        .formatted(priority, selection);
  }

  static String any(String limit) {
    return "\"tagStatus\": \"any\", " + limit;
  }

  static String untagged(String limit) {
    return "\"tagStatus\": \"untagged\", " + limit;
  }

  static String prefixes(String limit, String... prefixes) {
    return tagged("tagPrefixList", limit, prefixes);
  }

  static String patterns(String limit, String... patterns) {
    return tagged("tagPatternList", limit, patterns);
  }

  private static String tagged(String member, String limit, String... entries) {
    return "\"tagStatus\": \"tagged\", \"%s\": [\"%s\"], %s"
        .formatted(member, String.join("\",\"", entries), limit);
  }

  static String moreThan(int images) {
    return "\"countType\": \"imageCountMoreThan\", \"countNumber\": " + images;
  }

  static String pushed(int days) {
    return "\"countType\": \"sinceImagePushed\", \"countUnit\": \"days\", \"countNumber\": " + days;
  }

  static String pulled(int days) {
    return "\"countType\": \"sinceImagePulled\", \"countUnit\": \"days\", \"countNumber\": " + days;
  }

  static Digest digest(String name) {
    return Digest.sha256(name.getBytes(StandardCharsets.UTF_8));
  }

  /** An image that was never pulled. */
  static LifecycleImage image(String name, Duration age, String... tags) {
    return new LifecycleImage(
        digest(name), List.of(tags), NOW.minus(age), Optional.empty(), List.of(), Optional.empty());
  }

  static LifecycleImage image(String name, int days, String... tags) {
    return image(name, Duration.ofDays(days), tags);
  }

  static LifecycleImage index(LifecycleImage image, String... children) {
    return new LifecycleImage(
        image.digest(),
        image.tags(),
        image.pushedAt(),
        image.lastPulledAt(),
        List.of(children).stream().map(Policies::digest).toList(),
        image.subject());
  }

  static LifecycleImage referrer(LifecycleImage image, String subject) {
    return new LifecycleImage(
        image.digest(),
        image.tags(),
        image.pushedAt(),
        image.lastPulledAt(),
        image.children(),
        Optional.of(digest(subject)));
  }
}
