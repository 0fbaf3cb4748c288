package dev.berth.core.throttle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

class ThrottleTest {

  private static final String ACCOUNT = "123456789012";
  private static final String ACTION = "GetAuthorizationToken";

  /** Near the end of what a long holds, as System.nanoTime may be anything. */
  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1000);

  @Test
  void theFirstBurstIsGrantedAtOnceAndNoMore() {
    Throttle throttle = throttle(new Rate(20, 200));

    assertThat(granted(throttle, 1000)).isEqualTo(200);
  }

  @Test
  void afterTheBurstTheSteadyRateIsGranted() {
    Throttle throttle = throttle(new Rate(20, 200));
    granted(throttle, 1000);

    pass(Duration.ofSeconds(1));

    assertThat(granted(throttle, 1000)).isEqualTo(20);
  }

  @Test
  void aLongRestFillsTheBucketAndNoMore() {
    Throttle throttle = throttle(new Rate(20, 200));
    granted(throttle, 1000);

    pass(Duration.ofDays(1));

    assertThat(granted(throttle, 1000)).isEqualTo(200);
  }

  @Test
  void aRefusalSaysWhenTheNextTokenIsThere() {
    Throttle throttle = throttle(new Rate(20, 1));
    throttle.take(ACCOUNT, ACTION);

    assertThat(throttle.take(ACCOUNT, ACTION)).contains(Duration.ofMillis(50));

    pass(Duration.ofMillis(50));
    assertThat(throttle.take(ACCOUNT, ACTION)).isEmpty();
  }

  @Test
  void aRefusalTakesNothing() {
    Throttle throttle = throttle(new Rate(1, 1));
    granted(throttle, 1000);

    pass(Duration.ofSeconds(1));

    assertThat(throttle.take(ACCOUNT, ACTION)).isEmpty();
  }

  @Test
  void anAccountDoesNotTakeAnothersShare() {
    Throttle throttle = throttle(new Rate(1, 5));
    granted(throttle, 1000);

    assertThat(throttle.take("210987654321", ACTION)).isEmpty();
  }

  @Test
  void anActionDoesNotTakeAnothersShare() {
    Throttle throttle = throttle(new Rate(1, 5));
    granted(throttle, 1000);

    assertThat(throttle.take(ACCOUNT, "PutImage")).isEmpty();
  }

  @Test
  void manyAtOnceGetNoMoreThanTheBurst() throws InterruptedException, ExecutionException {
    Throttle throttle = throttle(new Rate(1, 500));
    try (var threads = Executors.newFixedThreadPool(4)) {
      var counts =
          IntStream.range(0, 4)
              .mapToObj(i -> threads.submit(() -> granted(throttle, 400)))
              .toList();
      int total = 0;
      for (var count : counts) {
        total += count.get();
      }
      assertThat(total).isEqualTo(500);
    }
  }

  @Test
  void bucketsThatAreFullAgainAreForgotten() {
    Throttle throttle = throttle(new Rate(1000, 1));
    for (int i = 0; i < 100_000; i++) {
      throttle.take("account " + i, ACTION);
      pass(Duration.ofMillis(1));
    }

    assertThat(throttle)
        .extracting("fullAt")
        .asInstanceOf(InstanceOfAssertFactories.MAP)
        .hasSizeLessThan(10_100);
  }

  @Property(tries = 200)
  void inNoPeriodIsMoreGrantedThanTheBurstAndWhatTheRateAdds(
      @ForAll @IntRange(min = 1, max = 100) int perSecond,
      @ForAll @IntRange(min = 1, max = 50) int burst,
      @ForAll @IntRange(min = 1, max = 30) int tenths) {
    Throttle throttle = throttle(new Rate(perSecond, burst));
    int total = granted(throttle, 200);
    for (int i = 0; i < tenths; i++) {
      pass(Duration.ofMillis(100));
      total += granted(throttle, 200);
    }

    assertThat(total).isLessThanOrEqualTo(burst + perSecond * tenths / 10 + 1);
    assertThat(total).isGreaterThanOrEqualTo(Math.min(burst, 200));
  }

  @Test
  void aPushOfAHundredLayersIsFarBelowTheDefaults() {
    RateLimits defaults = RateLimits.defaults();

    for (String action : new String[] {"InitiateLayerUpload", "UploadLayerPart", "PutImage"}) {
      assertThat(defaults.of(action).burst()).isGreaterThan(10 * 100);
    }
    assertThat(defaults.of(ACTION)).isEqualTo(new Rate(20, 200));
  }

  @Test
  void aRateIsSomething() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Rate(0, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new Rate(Double.NaN, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new Rate(1e7, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new Rate(1, 0));
  }

  @Test
  void aRateIsReadFromText() {
    assertThat(Rate.parse("20/200")).isEqualTo(new Rate(20, 200));
    assertThat(Rate.parse("20")).isEqualTo(new Rate(20, 20));
    assertThat(Rate.parse("0.5")).isEqualTo(new Rate(0.5, 1));
    for (String text : new String[] {"", "x", "-1", "20/", "/5", "0", "1/0", "1e9", "20/200/1"}) {
      assertThatIllegalArgumentException().as(text).isThrownBy(() -> Rate.parse(text));
    }
  }

  @Test
  void aRateForAllActionsReplacesThoseOfEach() {
    var one = new Rate(1, 1);
    var two = new Rate(2, 2);

    assertThat(RateLimits.defaults().with(Map.of("PutImage", two)).of("PutImage")).isEqualTo(two);
    assertThat(RateLimits.defaults().with(Map.of("PutImage", two)).of(ACTION))
        .isEqualTo(new Rate(20, 200));
    RateLimits all = RateLimits.defaults().with(Map.of("*", one, "PutImage", two));
    assertThat(all.of(ACTION)).isEqualTo(one);
    assertThat(all.of("ListImages")).isEqualTo(one);
    assertThat(all.of("PutImage")).isEqualTo(two);
  }

  private Throttle throttle(Rate rate) {
    return new Throttle(new RateLimits(Map.of(), rate), now::get);
  }

  private void pass(Duration time) {
    now.addAndGet(time.toNanos());
  }

  private static int granted(Throttle throttle, int attempts) {
    return (int)
        IntStream.range(0, attempts).filter(i -> throttle.take(ACCOUNT, ACTION).isEmpty()).count();
  }
}
