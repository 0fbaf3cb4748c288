package dev.berth.registry.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.replication.Budget.Unfinished;
import dev.berth.registry.replication.PeerException.Failed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who waits for whom, and for how long; the time-out is against hanging. */
@Timeout(60)
class PlacesTest {

  private static final Duration LENGTH = Duration.ofMinutes(1);

  private final AtomicLong nanos = new AtomicLong();
  private final Places<String> places = new Places<>(1);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch end = new CountDownLatch(1);
  private final List<String> done = new ArrayList<>();

  @AfterEach
  void nothingIsKept() {
    end.countDown();
    threads.close();
    assertThat(places.isEmpty()).isTrue();
  }

  private Budget budget() {
    return new Budget(nanos::get, LENGTH);
  }

  private void occupy(String what) throws InterruptedException {
    var begun = new CountDownLatch(1);
    threads.submit(
        () -> {
          places.work(
              what,
              budget(),
              () -> {
                begun.countDown();
                end.await();
              });
          return done;
        });
    begun.await();
  }

  @Test
  void whoIsAloneDoesNotWait() throws InterruptedException {
    places.work("one", budget(), () -> done.add("one"));

    assertThat(done).containsExactly("one");
  }

  @Test
  void nobodyWaitsForWhatIsDoneToAnotherThing() throws InterruptedException {
    occupy("one");

    places.work("two", budget(), () -> done.add("two"));

    assertThat(done).containsExactly("two");
  }

  @Test
  void waitingEndsWithTheBudgetAndBlamesNobody() throws InterruptedException {
    occupy("one");
    Budget budget = budget();
    nanos.addAndGet(LENGTH.toNanos() - 1);

    assertThatThrownBy(() -> places.work("one", budget, () -> done.add("one")))
        .isInstanceOf(Unfinished.class);

    assertThat(done).isEmpty();
    nanos.addAndGet(1);
    assertThatThrownBy(budget::check).isInstanceOf(Unfinished.class);
  }

  @Test
  void aPlaceWithoutWaitingLeavesNoTimeToBlameOthersFor() throws InterruptedException {
    Budget budget = budget();
    places.work("one", budget, () -> nanos.addAndGet(LENGTH.toNanos()));

    assertThatThrownBy(budget::check).isInstanceOf(Failed.class);
  }

  @Test
  void aPlaceIsFreeAgainAfterAFault() throws InterruptedException {
    assertThatThrownBy(
            () ->
                places.work(
                    "one",
                    budget(),
                    () -> {
                      throw new IllegalStateException("a fault");
                    }))
        .hasMessage("a fault");

    places.work("one", budget(), () -> done.add("one"));
    assertThat(done).containsExactly("one");
  }
}
