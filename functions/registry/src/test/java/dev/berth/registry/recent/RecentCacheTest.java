package dev.berth.registry.recent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class RecentCacheTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final AtomicReference<Instant> now = new AtomicReference<>(START);
  private final Clock clock = ((InstantSource) now::get).withZone(ZoneOffset.UTC);
  private final RecentCache<String, Integer> cache =
      new RecentCache<>(clock, Duration.ofSeconds(5), 3);
  private final AtomicInteger loads = new AtomicInteger();

  private int get(String key) {
    return cache.get(key, loads::incrementAndGet);
  }

  @Test
  void aValueIsLoadedOncePerPeriod() {
    assertThat(get("a")).isEqualTo(1);
    now.set(START.plusMillis(4999));
    assertThat(get("a")).isEqualTo(1);
    assertThat(get("b")).isEqualTo(2);
    now.set(START.plusSeconds(5));
    assertThat(get("a")).isEqualTo(3);
  }

  @Test
  void aClockThatIsSetBackMakesNothingLastLonger() {
    get("a");
    now.set(START.minusSeconds(3600));

    assertThat(get("a")).isEqualTo(2);
  }

  @Test
  void whatIsForgottenIsLoadedAgain() {
    get("a");
    get("b");
    cache.forget("a");

    assertThat(get("b")).isEqualTo(2);
    assertThat(get("a")).isEqualTo(3);
    cache.forgetAll();
    assertThat(get("b")).isEqualTo(4);
  }

  @Test
  void aLoadThatBeganBeforeAForgetIsNotRemembered() {
    int stale =
        cache.get(
            "a",
            () -> {
              cache.forget("a");
              return -1;
            });

    assertThat(stale).isEqualTo(-1);
    assertThat(get("a")).isEqualTo(1);

    cache.forget("a");
    cache.get(
        "a",
        () -> {
          cache.forgetAll();
          return -1;
        });
    assertThat(get("a")).isEqualTo(2);
  }

  @Test
  void aFailureIsNotRemembered() {
    assertThatThrownBy(
            () ->
                cache.get(
                    "a",
                    () -> {
                      throw new IllegalStateException("no table");
                    }))
        .hasMessage("no table");

    assertThat(get("a")).isEqualTo(1);
  }

  @Test
  void noMoreIsRememberedThanTheBound() {
    for (String key : new String[] {"a", "b", "c", "d"}) {
      get(key);
    }

    assertThat(get("d")).isEqualTo(4);
    assertThat(get("a")).isEqualTo(5);
  }
}
