package dev.berth.registry.race;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.oci.Digest;
import dev.berth.core.oci.Tag;
import dev.berth.registry.RegistryException.LayersNotFound;
import dev.berth.registry.RegistryException.RepositoryNotFound;
import dev.berth.registry.RegistryException.UploadNotFound;
import dev.berth.registry.repository.Repository;
import dev.berth.registry.store.Item;
import dev.berth.registry.store.Keys;
import dev.berth.registry.store.Table.Consistency;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * What holds when clients write at the same time, whatever keeps items and objects: what {@link
 * UploadRaces} and {@link DeletionRaces} say, and what is said here of repositories.
 */
public abstract class RacesContract extends DeletionRaces {

  private static final int PUSHERS = 3;
  private static final int RENEWALS = 3;
  private static final int PUSHES_BETWEEN = 6;

  /** Odd while the repository is being renewed. */
  private final AtomicInteger generation = new AtomicInteger();

  private final AtomicInteger numbers = new AtomicInteger();
  private final Semaphore pushed = new Semaphore(0);
  private final Queue<Acknowledged> acknowledged = new ConcurrentLinkedQueue<>();

  /**
   * A push that was answered as a success.
   *
   * @param began the generation when it began
   * @param ended and when it was answered
   */
  private record Acknowledged(Digest digest, Tag tag, int began, int ended) {}

  @Test
  void aRepositoryThatIsMadeAnewUnderLoadKnowsNothingOfTheOld() throws Exception {
    List<Repository> former;
    try (var threads = Executors.newCachedThreadPool()) {
      List<Future<?>> pushers = new ArrayList<>();
      for (int i = 0; i < PUSHERS; i++) {
        pushers.add(threads.submit(this::pushUntilTheLastGeneration));
      }
      former = renew();
      for (Future<?> pusher : pushers) {
        pusher.get();
      }
    }
    assertThatThePresentIsWholeAndNothingElseIsThere();
    services.sweeper().run();
    pass(Duration.ofHours(2));
    services.sweeper().run();
    former.forEach(this::assertNothingIsLeft);
    assertThatThePresentIsWholeAndNothingElseIsThere();
    assertLayer(APP, "config".getBytes(UTF_8), 1);
  }

  /** Deletes the repository and makes it anew, again and again while pushes come in. */
  private List<Repository> renew() throws InterruptedException {
    List<Repository> former = new ArrayList<>();
    for (int i = 0; i < RENEWALS; i++) {
      pushed.acquire(PUSHES_BETWEEN);
      generation.incrementAndGet();
      former.add(services.repositories().delete(account, APP, true));
      create(APP);
      generation.incrementAndGet();
    }
    return former;
  }

  private void pushUntilTheLastGeneration() {
    int into = 0;
    while (into < PUSHES_BETWEEN) {
      int began = generation.get();
      if (pushOnce(began) && began == 2 * RENEWALS) {
        into++;
      }
    }
  }

  private boolean pushOnce(int began) {
    int number = numbers.incrementAndGet();
    var tag = new Tag("t" + number);
    try {
      var push = pushImage(APP, image(APP, "image " + number), tag.value());
      acknowledged.add(new Acknowledged(push.digest(), tag, began, generation.get()));
      pushed.release();
      return true;
    } catch (RepositoryNotFound | UploadNotFound | LayersNotFound theRepositoryWent) {
      return false;
    }
  }

  private void assertThatThePresentIsWholeAndNothingElseIsThere() {
    assertExact(APP);
    List<Digest> there = images(APP).stream().map(image -> image.image().digest()).toList();
    List<Tag> tags = images(APP).stream().flatMap(image -> image.tags().stream()).toList();
    int last = generation.get();
    for (Acknowledged push : acknowledged) {
      if (push.began() == last) {
        assertThat(there).contains(push.digest());
        assertThat(tags).contains(push.tag());
      } else if (push.ended() < last) {
        assertThat(there).doesNotContain(push.digest());
        assertThat(tags).doesNotContain(push.tag());
      }
    }
    assertThat(acknowledged.stream().map(Acknowledged::digest)).containsAll(there);
  }

  private void assertNothingIsLeft(Repository former) {
    for (String partition :
        List.of(Keys.images(former.id()), Keys.tags(former.id()), Keys.layers(former.id()))) {
      List<Item> left =
          table().query(partition, "", Optional.empty(), 10, Consistency.STRONG).entries();
      assertThat(left).isEmpty();
    }
  }
}
