package dev.berth.local.bus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.local.bus.Deliveries.Handling;
import dev.berth.registry.store.Action;
import dev.berth.registry.store.MemoryTable;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class DeliveriesTest {

  private static final Retries NEVER = new Retries(1, Duration.ofDays(1), Duration.ofDays(1));
  private static final int EVENTS = 20;

  @TempDir Path directory;
  private final MemoryTable table = new MemoryTable();

  @Test
  void aSenderIsAskedByAsManyAtOnceAsItSays() throws Exception {
    var sender = new CountingSender();
    try (var removals = new Removals(table);
        var deliveries = deliveries(sender, removals)) {
      IntStream.range(0, EVENTS).forEach(i -> queue(deliveries, "event " + i));
      deliveries.start();
      sender.all.await();
    }
    assertThat(sender.threads).hasSize(1);
    assertThat(sender.most).hasValue(1);
  }

  private Deliveries deliveries(Sender sender, Removals removals) {
    var letters = new DeadLetters(directory, "rule", Clock.systemUTC());
    var handling = new Handling(sender, NEVER, EVENTS);
    return new Deliveries(handling, letters, table, removals, Clock.systemUTC());
  }

  private void queue(Deliveries deliveries, String event) {
    var item = QueuedEvent.of("rule", event, Clock.systemUTC().instant());
    table.transact(Action.put(item));
    deliveries.begin(item.key());
  }

  /** Takes one event at a time. */
  private static final class CountingSender implements Sender {

    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private final AtomicInteger now = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private final CountDownLatch all = new CountDownLatch(EVENTS);

    @Override
    public int parallelism() {
      return 1;
    }

    @Override
    public void send(String event) {
      threads.add(Thread.currentThread());
      most.accumulateAndGet(now.incrementAndGet(), Math::max);
      Thread.yield();
      now.decrementAndGet();
      all.countDown();
    }
  }
}
