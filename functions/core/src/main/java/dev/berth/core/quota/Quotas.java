package dev.berth.core.quota;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The quotas of a deployment.
 *
 * @param changed those that differ from the guide's, each at least 1
 * @throws IllegalArgumentException for a value below 1 or beyond {@value #MOST}
 */
public record Quotas(Map<Quota, Long> changed) {

  /** No number of anything here comes near it, and none of our sums beyond 64 bits. */
  public static final long MOST = 1_000_000_000_000L;

  public Quotas {
    changed = Map.copyOf(changed);
    changed.forEach(Quotas::require);
  }

  private static void require(Quota quota, long value) {
    if (value < 1 || value > MOST) {
      throw new IllegalArgumentException(
          "quota %s must be from 1 to %d, not %d".formatted(quota.label(), MOST, value));
    }
  }

  /** The guide's. */
  public static Quotas standard() {
    return new Quotas(Map.of());
  }

  /**
   * The guide's but for these.
   *
   * @param values by {@link Quota#label}
   * @throws IllegalArgumentException also for a label that no quota has
   */
  public static Quotas of(Map<String, Long> values) {
    Map<Quota, Long> changed = new EnumMap<>(Quota.class);
    values.forEach((label, value) -> changed.put(labelled(label), value));
    return new Quotas(changed);
  }

  private static Quota labelled(String label) {
    Optional<Quota> quota =
        Arrays.stream(Quota.values()).filter(one -> one.label().equals(label)).findFirst();
    return quota.orElseThrow(
        () ->
            new IllegalArgumentException(
                "there is no quota '%s'; there are %s".formatted(label, labels())));
  }

  /** All labels, separated by commas. */
  public static String labels() {
    return Arrays.stream(Quota.values()).map(Quota::label).collect(Collectors.joining(", "));
  }

  public long of(Quota quota) {
    return changed.getOrDefault(quota, quota.standard());
  }
}
