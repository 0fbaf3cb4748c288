package dev.berth.aws.kms;

import dev.berth.registry.RegistryException.KmsFailed;
import dev.berth.registry.encryption.KeyArn;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Which keys can be used, asked of KMS once a minute: pushes and pulls ask for each layer. */
final class KnownKeys {

  private static final Duration GOOD_FOR = Duration.ofMinutes(1);
  private static final int MOST = 10_000;

  private final Consumer<KeyArn> check;
  private final Clock clock;
  private final Map<KeyArn, Answer> answers = new ConcurrentHashMap<>();

  private record Answer(Instant until, Optional<KmsFailed> refusal) {}

  /**
   * @param check asks KMS, and throws {@link KmsFailed} for what it refuses
   */
  KnownKeys(Consumer<KeyArn> check, Clock clock) {
    this.check = check;
    this.clock = clock;
  }

  /**
   * @throws KmsFailed if the key could not be used when KMS was asked last
   */
  void require(KeyArn key) {
    Answer before = answers.get(key);
    Answer answer = before != null && clock.instant().isBefore(before.until()) ? before : ask(key);
    answer
        .refusal()
        .ifPresent(
            refusal -> {
              throw refusal;
            });
  }

  private Answer ask(KeyArn key) {
    if (answers.size() >= MOST) {
      answers.clear();
    }
    var answer = new Answer(clock.instant().plus(GOOD_FOR), refusal(key));
    answers.put(key, answer);
    return answer;
  }

  private Optional<KmsFailed> refusal(KeyArn key) {
    try {
      check.accept(key);
      return Optional.empty();
    } catch (KmsFailed refusal) {
      return Optional.of(refusal);
    }
  }
}
