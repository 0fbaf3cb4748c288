package dev.berth.lambda.ecr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.lambda.ecr.EcrError.Throttling;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

class BodyMemoryTest {

  private static final OptionalLong LARGE = OptionalLong.of(BodyMemory.SMALL * 10L);
  private static final OptionalLong SMALL = OptionalLong.of(BodyMemory.SMALL);

  /** For one body and its copies, but not for two. */
  private static final long ROOM = BodyMemory.SMALL * 50L;

  @Test
  void aBodyForWhichThereIsNoRoomInTimeIsThrottled() {
    var memory = new BodyMemory(ROOM, Duration.ZERO);

    String done =
        memory.during(
            LARGE,
            () -> {
              assertThatThrownBy(() -> memory.during(LARGE, () -> "two"))
                  .isInstanceOf(Throttling.class);
              assertThatThrownBy(() -> memory.during(OptionalLong.empty(), () -> "of any length"))
                  .isInstanceOf(Throttling.class);
              return memory.during(SMALL, () -> "small");
            });

    assertThat(done).isEqualTo("small");
    assertThat(memory.during(LARGE, () -> "afterwards")).isEqualTo("afterwards");
  }

  @Test
  void aBodyWaitsForTheOneBeforeIt() throws Exception {
    var memory = new BodyMemory(ROOM, Duration.ofMinutes(1));
    var begun = new CountDownLatch(1);
    var second = new FutureTask<>(() -> memory.during(LARGE, () -> begun.getCount()));

    memory.during(
        LARGE,
        () -> {
          Thread.ofVirtual().start(second);
          assertThat(second.isDone()).isFalse();
          begun.countDown();
          return begun;
        });

    assertThat(second.get()).isZero();
  }

  @Test
  void memoryThatAFailureHadIsFree() {
    var memory = new BodyMemory(ROOM, Duration.ZERO);

    assertThatThrownBy(
            () ->
                memory.during(
                    LARGE,
                    () -> {
                      throw new IllegalStateException();
                    }))
        .isInstanceOf(IllegalStateException.class);

    assertThat(memory.during(LARGE, () -> "afterwards")).isEqualTo("afterwards");
  }

  @Test
  void aBodyThatIsLargerThanAllMemoryHasItsTurnAlone() {
    var memory = new BodyMemory(BodyMemory.SMALL, Duration.ZERO);

    assertThat(memory.during(LARGE, () -> "done")).isEqualTo("done");
  }
}
