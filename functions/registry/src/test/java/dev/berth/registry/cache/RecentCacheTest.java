package dev.berth.registry.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RecentCacheTest {

  private static final int MOST = 3;

  private Instant now = Instant.parse("2026-06-01T12:00:00Z");
  private final Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);
  private final RecentCache<String, Integer> cache = new RecentCache<>(clock, MOST);
  private final AtomicInteger loads = new AtomicInteger();

  private int get(String key) {
    return cache.get(key, any -> loads.incrementAndGet());
  }

  @Test
  void whatWasReadLatelyIsRemembered() {
    assertThat(get("a")).isEqualTo(1);
    now = now.plus(Duration.ofMillis(4999));
    assertThat(get("a")).isEqualTo(1);
    assertThat(get("b")).isEqualTo(2);
  }

  @Test
  void afterFiveSecondsItIsReadAgain() {
    get("a");
    now = now.plus(RecentCache.AGE);
    assertThat(get("a")).isEqualTo(2);
  }

  @Test
  void itsAgeIsThatOfTheBeginningOfTheRead() {
    cache.get(
        "a",
        any -> {
          now = now.plus(Duration.ofSeconds(4));
          return loads.incrementAndGet();
        });
    now = now.plus(Duration.ofSeconds(1));
    assertThat(get("a")).isEqualTo(2);
  }

  @Test
  void aClockThatIsSetBackMakesNothingLastLonger() {
    get("a");
    now = now.minus(Duration.ofHours(1));
    assertThat(get("a")).isEqualTo(2);
  }

  @Test
  void whatIsForgottenIsReadAgain() {
    get("a");
    cache.forget("a");
    assertThat(get("a")).isEqualTo(2);
  }

  @Test
  void aReadThatBeganBeforeAForgetIsNotRemembered() {
    int old =
        cache.get(
            "a",
            key -> {
              int read = loads.incrementAndGet();
              cache.forget(key);
              return read;
            });
    assertThat(old).isEqualTo(1);
    assertThat(get("a")).isEqualTo(2);
  }

  @Test
  void aReadThatBeganBeforeAForgetDoesNotTakeThePlaceOfALaterOne() {
    cache.get(
        "a",
        key -> {
          int old = loads.incrementAndGet();
          cache.forget(key);
          assertThat(get(key)).isEqualTo(2);
          return old;
        });
    assertThat(get("a")).isEqualTo(2);
  }

  @Test
  void aFailureIsNotRemembered() {
    assertThatThrownBy(
            () ->
                cache.get(
                    "a",
                    any -> {
                      throw new IllegalStateException("the store is away");
                    }))
        .hasMessage("the store is away");
    assertThat(get("a")).isEqualTo(1);
  }

  @Test
  void aFailureAfterFiveSecondsIsNotCoveredByTheOldAnswer() {
    get("a");
    now = now.plus(RecentCache.AGE);
    assertThatThrownBy(
            () ->
                cache.get(
                    "a",
                    any -> {
                      throw new IllegalStateException();
                    }))
        .isInstanceOf(IllegalStateException.class);
    assertThat(get("a")).isEqualTo(2);
  }

  @Test
  void itIsBounded() {
    for (int i = 0; i < MOST; i++) {
      get("k" + i);
    }
    get("one more");
    assertThat(get("k0")).as("all were forgotten").isEqualTo(MOST + 2);
    assertThat(get("one more")).isEqualTo(MOST + 1);
  }

  @Test
  void whatIsOldMakesRoomBeforeWhatIsNot() {
    get("old");
    now = now.plus(Duration.ofSeconds(3));
    get("a");
    get("b");
    now = now.plus(Duration.ofSeconds(3));
    get("c");
    assertThat(get("a")).isEqualTo(2);
    assertThat(get("b")).isEqualTo(3);
  }

  /** Whoever has made a change and told so sees it, whatever the others are reading. */
  @Test
  void noThreadSeesWhatItsOwnForgetHasMadeOld() throws Exception {
    var truth = new AtomicInteger();
    var shared = new RecentCache<String, Integer>(clock, MOST);
    try (var threads = Executors.newFixedThreadPool(8)) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        all.add(threads.submit(() -> change(shared, truth)));
      }
      for (Future<?> one : all) {
        one.get();
      }
    }
  }

  private static void change(RecentCache<String, Integer> shared, AtomicInteger truth) {
    for (int i = 0; i < 2000; i++) {
      int mine = truth.incrementAndGet();
      shared.forget("a");
      assertThat(shared.get("a", any -> truth.get())).isGreaterThanOrEqualTo(mine);
      shared.get("b" + i % 7, any -> truth.get());
    }
  }
}
