package dev.berth.local.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AcceptingTest {

  private static final Logger LOG = Logger.getLogger(Accepting.class.getName());

  /** What comes about, in its order; behind it the socket is closed. */
  private final Queue<Optional<SocketChannel>> outcomes = new ArrayDeque<>();

  private final List<SocketChannel> accepted = new ArrayList<>();
  private final List<Duration> pauses = new ArrayList<>();
  private final List<String> logged = new ArrayList<>();
  private final Handler logs =
      new Handler() {
        @Override
        public void publish(LogRecord record) {
          logged.add(record.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @BeforeEach
  void listen() {
    LOG.setUseParentHandlers(false);
    LOG.addHandler(logs);
  }

  @AfterEach
  void listenNoMore() {
    LOG.removeHandler(logs);
    LOG.setUseParentHandlers(true);
  }

  @Test
  void whatFailsAgainAndAgainIsToldOnceAndTriedAfterAPauseEachTime() throws IOException {
    try (SocketChannel client = SocketChannel.open()) {
      fails(1000);
      outcomes.add(Optional.of(client));
      fails(1);
      new Accepting(this::next, accepted::add, pauses::add).run();
      assertThat(accepted).containsExactly(client);
    }
    assertThat(pauses).hasSize(1001).allMatch(Duration::isPositive);
    assertThat(logged).hasSize(2);
  }

  @Test
  void anInterruptionEndsIt() {
    fails(2);
    new Accepting(
            this::next,
            accepted::add,
            _ -> {
              throw new InterruptedException();
            })
        .run();
    assertThat(outcomes).hasSize(1);
  }

  private void fails(int times) {
    for (int i = 0; i < times; i++) {
      outcomes.add(Optional.empty());
    }
  }

  private SocketChannel next() throws IOException {
    if (outcomes.isEmpty()) {
      throw new ClosedChannelException();
    }
    return outcomes.remove().orElseThrow(() -> new IOException("Too many open files"));
  }
}
