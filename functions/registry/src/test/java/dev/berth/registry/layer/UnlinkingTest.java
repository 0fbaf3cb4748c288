package dev.berth.registry.layer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.oci.Digest;
import dev.berth.registry.store.Action;
import dev.berth.registry.store.Key;
import dev.berth.registry.store.Keys;
import dev.berth.registry.store.MemoryTable;
import dev.berth.registry.store.Table.Consistency;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class UnlinkingTest {

  private static final String ACCOUNT = "123456789012";
  private static final String KEY = "AES256";
  private static final Digest LAYER = Digest.sha256("layer".getBytes(UTF_8));
  private static final Key BLOB = Keys.blob(ACCOUNT, KEY, LAYER);
  private static final Key WAITING = Keys.unreferencedBlob(ACCOUNT, KEY, LAYER);

  private final MemoryTable table = new MemoryTable();
  private final Unlinking unlinking = new Unlinking(table, Clock.systemUTC());

  @Test
  void aBlobThatKeepsALinkDoesNotWaitForCollection() {
    linkFrom("one", "two");
    unlinking.unlink(ACCOUNT, KEY, "one", LAYER);
    assertThat(refs()).isEqualTo(1);
    assertThat(table.get(WAITING, Consistency.STRONG)).isEmpty();
  }

  @Test
  void aBlobThatLosesItsLastLinkWaitsForCollection() {
    linkFrom("one", "two");
    unlinking.unlink(ACCOUNT, KEY, "one", LAYER);
    unlinking.unlink(ACCOUNT, KEY, "two", LAYER);
    assertThat(refs()).isZero();
    assertThat(table.get(WAITING, Consistency.STRONG)).isPresent();
  }

  @Test
  void aLinkThatIsNotThereCountsForNothing() {
    linkFrom("one");
    unlinking.unlink(ACCOUNT, KEY, "other", LAYER);
    assertThat(refs()).isEqualTo(1);
  }

  @Test
  void linksRemovedAtTheSameTimeAreEachCountedOnce() {
    String[] repositories = IntStream.range(0, 20).mapToObj(i -> "r" + i).toArray(String[]::new);
    linkFrom(repositories);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (String repository : repositories) {
        threads.submit(() -> unlinking.unlink(ACCOUNT, KEY, repository, LAYER));
        threads.submit(() -> unlinking.unlink(ACCOUNT, KEY, repository, LAYER));
      }
    }
    assertThat(refs()).isZero();
    assertThat(table.get(WAITING, Consistency.STRONG)).isPresent();
  }

  private void linkFrom(String... repositories) {
    for (String repository : repositories) {
      var link = new LayerLink(LAYER, "layers/1", 5, Instant.EPOCH, Optional.empty());
      table.transact(Action.put(link.toItem(repository)));
    }
    var blob = new Blob("layers/1", 5, repositories.length, Blob.State.LIVE);
    table.transact(Action.put(blob.toItem(BLOB)));
  }

  private long refs() {
    return Blob.of(table.get(BLOB, Consistency.STRONG).orElseThrow()).refs();
  }
}
