package dev.berth.local.host;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whose lifecycle policies are to be run.
 *
 * @param dry only to say what would expire
 * @param region empty for all; so are the others
 */
public record LifecycleQuestion(
    boolean dry, Optional<String> region, Optional<String> account, Optional<String> repository) {

  private static final String DRY = "--dry-run";
  private static final String REGION = "--region";
  private static final String ACCOUNT = "--account";
  private static final String REPOSITORY = "--repository";

  /** As {@link LifecycleCommand} takes it. */
  List<String> words() {
    List<String> words = new ArrayList<>();
    if (dry) {
      words.add(DRY);
    }
    region.ifPresent(value -> words.addAll(List.of(REGION, value)));
    account.ifPresent(value -> words.addAll(List.of(ACCOUNT, value)));
    repository.ifPresent(value -> words.addAll(List.of(REPOSITORY, value)));
    return words;
  }

  static LifecycleQuestion of(List<String> words) {
    return new LifecycleQuestion(
        words.contains(DRY),
        behind(REGION, words),
        behind(ACCOUNT, words),
        behind(REPOSITORY, words));
  }

  private static Optional<String> behind(String name, List<String> words) {
    int at = words.indexOf(name);
    return at >= 0 && at + 1 < words.size() ? Optional.of(words.get(at + 1)) : Optional.empty();
  }

  boolean isOf(String otherAccount, String otherRepository) {
    return account.orElse(otherAccount).equals(otherAccount)
        && repository.orElse(otherRepository).equals(otherRepository);
  }
}
