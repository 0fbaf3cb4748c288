package dev.berth.registry.store;

import static dev.berth.registry.store.TableFixture.item;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

interface TableConcurrencyContract extends TableFixture {

  @Test
  default void conditionalIncrementsOf16ThreadsLoseNothing() throws Exception {
    Key key = freshKey();
    put(item(key, 0));

    together(16, i -> increments(key, 3));

    assertThat(read(key)).contains(item(key, 16 * 3));
  }

  @Test
  default void additionsOf16ThreadsLoseNothing() throws Exception {
    String partition = fresh();
    Key sum = new Key(partition, "sum");

    together(
        16,
        i -> {
          for (int n = 0; n < 5; n++) {
            committed(
                Action.put(item(new Key(partition, i + "." + n), 1), Condition.absent()),
                Action.update(sum).add("n", 1).when(Condition.always()));
          }
          return null;
        });

    assertThat(read(sum)).contains(item(sum, 16 * 5));
  }

  @Test
  default void oneOfManyThatMakeAnItemWins() throws Exception {
    for (int round = 0; round < 5; round++) {
      Key key = freshKey();

      List<Outcome> outcomes =
          together(8, i -> table().transact(Action.put(item(key, i), Condition.absent())));

      assertThat(outcomes).filteredOn(Outcome::committed).hasSize(1);
      int winner = outcomes.indexOf(new Outcome.Committed());
      assertThat(read(key)).contains(item(key, winner));
    }
  }

  /** Each checks that the other's item is absent and writes its own: a check is like a write. */
  @Test
  default void ofTwoThatCheckEachOtherOneWins() throws Exception {
    for (int round = 0; round < 20; round++) {
      List<Key> keys = List.of(freshKey(), freshKey());

      List<Outcome> outcomes =
          together(
              2,
              i ->
                  table()
                      .transact(
                          Action.check(keys.get(1 - i), Condition.absent()),
                          Action.put(item(keys.get(i), 1))));

      assertThat(outcomes).filteredOn(Outcome::committed).hasSize(1);
    }
  }

  @Test
  default void whatWasCommittedIsReadByAllAtOnce() throws Exception {
    String partition = fresh();

    together(
        8,
        i -> {
          for (int n = 0; n < 10; n++) {
            Item item = item(new Key(partition, i + "." + n), n);
            put(item);
            assertThat(read(item.key())).contains(item);
          }
          return null;
        });
  }

  private Void increments(Key key, int count) {
    int done = 0;
    while (done < count) {
      long n = read(key).orElseThrow().number("n");
      Outcome outcome =
          table().transact(Action.update(key).set("n", n + 1).when(Condition.equal("n", n)));
      done += outcome.committed() ? 1 : 0;
    }
    return null;
  }

  /** What one of several threads does. */
  @FunctionalInterface
  interface Work<T> {
    T by(int thread) throws Exception;
  }

  private static <T> List<T> together(int threads, Work<T> work) throws Exception {
    CyclicBarrier start = new CyclicBarrier(threads);
    List<Callable<T>> calls = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      int thread = i;
      calls.add(
          () -> {
            start.await();
            return work.by(thread);
          });
    }
    List<T> results = new ArrayList<>();
    try (ExecutorService executor = Executors.newThreadPerTaskExecutor(Thread::new)) {
      for (Future<T> result : executor.invokeAll(calls)) {
        results.add(result.get());
      }
    }
    return results;
  }
}
