package dev.berth.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.clients.CrashPusher.Attempt;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * SIGKILL in the middle of parallel pushes. {@code -Dberth.kill.rounds} says how often, {@code
 * -Dberth.kill.seed} repeats a run's choices.
 */
class KillIT {

  private static final int PUSHERS = 8;
  private static final int ROUNDS = Integer.getInteger("berth.kill.rounds", 4);
  private static final long SEED = Long.getLong("berth.kill.seed", System.nanoTime());

  @TempDir Path directory;

  private final SplittableRandom random = new SplittableRandom(SEED);
  private final List<Attempt> attempts = new ArrayList<>();
  private final List<String> faults = new ArrayList<>();
  private int whole;

  @Test
  void acknowledgedPushesSurviveAndNothingElseIsVisible() throws Exception {
    try (var registry = RegistryUnderTest.start(directory)) {
      for (int round = 0; round < ROUNDS; round++) {
        crash(registry, round);
      }
      checkAcknowledgedOnceMore(registry);
    }
    System.out.printf(
        "%d rounds (seed %d): %d pushes acknowledged, %d interrupted of which %d are whole, "
            + "%d faults%n",
        ROUNDS,
        SEED,
        acknowledged().size(),
        attempts.size() - acknowledged().size(),
        whole,
        faults.size());
    assertThat(faults).as("seed %d", SEED).isEmpty();
  }

  private void crash(RegistryUnderTest registry, int round) throws Exception {
    // layers of several chunks and small ones by turns: the one is interrupted in its uploads,
    // the other in its commits
    boolean large = round % 2 == 0;
    var fuse = new Fuse(random.nextLong(1, large ? 6000 : 1000));
    var repositories =
        IntStream.range(0, PUSHERS).mapToObj(pusher -> "kill/r" + round + "-" + pusher).toList();
    repositories.forEach(registry::createRepository);
    var shared =
        IntStream.range(0, 3)
            .mapToObj(layer -> RandomBlob.of(random.nextLong(), large ? 4 << 20 : 5000))
            .toList();
    try (var client = new RawClient(registry)) {
      var pushers =
          repositories.stream()
              .map(name -> new CrashPusher(client, name, fuse, random.split(), large, shared))
              .toList();
      var pushed = pushAndKill(registry, pushers, fuse);
      registry.startAgain();
      check(client, repositories, pushed);
      pushAgain(client, pushers, pushed);
      pushed.forEach(attempts::addAll);
    }
  }

  private static List<List<Attempt>> pushAndKill(
      RegistryUnderTest registry, List<CrashPusher> pushers, Fuse fuse) throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var running = new ArrayList<Future<List<Attempt>>>();
      for (CrashPusher pusher : pushers) {
        running.add(threads.submit(() -> pushing(pusher, fuse)));
      }
      fuse.awaitBlown();
      registry.kill();
      var pushed = new ArrayList<List<Attempt>>();
      for (Future<List<Attempt>> each : running) {
        pushed.add(each.get());
      }
      return pushed;
    }
  }

  private static List<Attempt> pushing(CrashPusher pusher, Fuse fuse) {
    try {
      return pusher.pushUntilGone();
    } finally {
      fuse.blow();
    }
  }

  private void check(RawClient client, List<String> repositories, List<List<Attempt>> pushed)
      throws IOException {
    var aftermath = new Aftermath(client);
    for (int i = 0; i < pushed.size(); i++) {
      for (Attempt attempt : pushed.get(i)) {
        aftermath.check(attempt);
      }
      aftermath.checkTags(repositories.get(i), pushed.get(i));
    }
    whole += aftermath.wholeThoughUnacknowledged();
    faults.addAll(aftermath.faults());
  }

  /** The registry goes on without being repaired: what was interrupted is pushed and there. */
  private void pushAgain(RawClient client, List<CrashPusher> pushers, List<List<Attempt>> pushed)
      throws IOException {
    var aftermath = new Aftermath(client);
    for (int i = 0; i < pushed.size(); i++) {
      var again = new Attempt(pushed.get(i).getLast().image());
      pushers.get(i).push(again);
      aftermath.check(again);
    }
    faults.addAll(aftermath.faults());
  }

  /** Later crashes took nothing of it. */
  private void checkAcknowledgedOnceMore(RegistryUnderTest registry) throws IOException {
    try (var client = new RawClient(registry)) {
      var aftermath = new Aftermath(client);
      for (Attempt attempt : acknowledged()) {
        aftermath.check(attempt);
      }
      faults.addAll(aftermath.faults());
    }
  }

  private List<Attempt> acknowledged() {
    return attempts.stream().filter(Attempt::acknowledged).toList();
  }
}
