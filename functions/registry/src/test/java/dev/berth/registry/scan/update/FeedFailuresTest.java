package dev.berth.registry.scan.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.berth.core.scan.feed.Compression;
import dev.berth.core.scan.feed.Feed;
import dev.berth.core.scan.feed.FeedTarget;
import dev.berth.registry.scan.generation.Generations;
import dev.berth.registry.scan.update.FeedNews.Failed;
import dev.berth.registry.scan.update.FeedNews.Imported;
import dev.berth.registry.scan.update.FeedUpdate.Outcome;
import dev.berth.registry.store.Action;
import dev.berth.registry.store.Keys;
import dev.berth.registry.store.ObjectEncryption;
import dev.berth.registry.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an update does where feeds, files or whoever is told fail. */
class FeedFailuresTest extends UpdatedFeeds {
  @ParameterizedTest
  @ValueSource(strings = {"", "garbage", "{\"distroversion\": \"v3.22\", \"packages\": [{\"pkg\":"})
  void aFeedThatIsGarbageLeavesWhatIsInForceAndTheOthersGoOn(String garbage) {
    run();
    source.put(MAIN_22, garbage);
    put("3.23", "main", "curl", "8.6.0-r0", "CVE-2023-46218");
    assertThat(run()).isEqualTo(Outcome.UPDATED);
    assertThat(told(Failed.class)).extracting(Failed::feed).containsExactly(MAIN_22);
    assertThat(fixed("3.22", "curl")).containsExactly("8.5.0-r0");
    assertThat(fixed("3.23", "curl")).containsExactly("8.6.0-r0");
    put("3.22", "main", "curl", "8.7.0-r0", "CVE-2023-46218");
    run();
    assertThat(fixed("3.22", "curl")).containsExactly("8.7.0-r0");
  }

  @Test
  void ofFeedsThatGoTogetherOneThatFailsKeepsTheIndexOfAll() {
    run();
    put("3.23", "main", "curl", "8.6.0-r0", "CVE-2023-46218");
    source.fail(COMMUNITY_23, "no route");
    assertThat(run()).isEqualTo(Outcome.UNCHANGED);
    assertThat(told(Failed.class)).containsExactly(new Failed("alpine-3.23", 2, "no route"));
    assertThat(fixed("3.23", "curl")).containsExactly("8.5.0-r0");
  }

  @Test
  void aFirstImportWithoutOneOfTheFeedsThatGoTogetherHasNoIndexOfThem() {
    source.remove(COMMUNITY_23);
    assertThat(run()).isEqualTo(Outcome.UPDATED);
    assertThat(told(Failed.class))
        .singleElement()
        .extracting(Failed::why)
        .asString()
        .contains(COMMUNITY_23);
    assertThat(indexes().release("alpine-3.23")).isEmpty();
    assertThat(fixed("3.22", "curl")).hasSize(1);
  }

  @Test
  void nvdThatFailsLeavesWhatWasKnown() {
    run();
    source.fail("nvd-2023", "503");
    put("3.22", "main", "curl", "8.6.0-r0", "CVE-2023-7777777");
    assertThat(run()).isEqualTo(Outcome.UPDATED);
    assertThat(description("CVE-2023-46218")).hasValue("A flaw");
    assertThat(description("CVE-2023-7777777")).isEmpty();
    putNvd(2023, "CVE-2023-46218", "A flaw");
    run();
    assertThat(description("CVE-2023-7777777")).hasValue("named by nobody, yet");
  }

  @Test
  void whereEverythingFailsNothingIsPutInForce() {
    feeds.forEach(feed -> source.fail(feed.name(), "no route"));
    assertThat(run()).isEqualTo(Outcome.UNCHANGED);
    assertThat(generations.current()).isEmpty();
    assertThat(told(Failed.class)).hasSize(2);
  }

  @Test
  void aFeedThatFindsAFaultOfOursLeavesTheOthersAlone() {
    Feed broken =
        new Feed() {
          @Override
          public String name() {
            return "broken";
          }

          @Override
          public String location() {
            return "https://example.com/";
          }

          @Override
          public Compression compression() {
            return Compression.NONE;
          }

          @Override
          public long read(InputStream in, FeedTarget target) {
            throw new NullPointerException("x");
          }
        };
    source.put("broken", "");
    var both = new FeedUpdate(clock, List.of(broken, feeds.getFirst()));
    assertThat(both.run(source, generations, FeedSelection.ALL, news::add))
        .isEqualTo(Outcome.UPDATED);
    assertThat(told(Failed.class)).extracting(Failed::feed).containsExactly("broken");
  }

  @Test
  void anUpdateThatIsOvertakenChangesNothing() {
    run();
    put("3.22", "main", "curl", "8.6.0-r0", "CVE-2023-46218");
    table.before(
        action -> action.key().equals(Keys.currentGeneration()),
        () -> {
          put("3.22", "main", "curl", "8.7.0-r0", "CVE-2023-46218");
          new FeedUpdate(clock, feeds)
              .run(source, new Generations(memory, objects, clock), FeedSelection.ALL, _ -> {});
        });
    assertThat(run()).isEqualTo(Outcome.OVERTAKEN);
    assertThat(fixed("3.22", "curl")).containsExactly("8.7.0-r0");
  }

  @Test
  void anUpdateThatIsKilledBeforeItsEndChangesNothing() {
    run();
    var before = generations.current();
    put("3.22", "main", "curl", "8.6.0-r0", "CVE-2023-46218");
    table.before(
        action -> action instanceof Action.Put,
        () -> {
          throw new StoreException("killed");
        });
    assertThatExceptionOfType(StoreException.class).isThrownBy(this::run);
    assertThat(generations.current()).isEqualTo(before);
    assertThat(run()).isEqualTo(Outcome.UPDATED);
  }

  @Test
  void whoIsToldAndGoneEndsTheUpdate() {
    var gone = new UncheckedIOException(new IOException("gone"));
    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(
            () ->
                update.run(
                    source,
                    generations,
                    FeedSelection.ALL,
                    told -> {
                      if (told instanceof Imported) {
                        throw gone;
                      }
                    }));
    assertThat(generations.current()).isEmpty();
  }

  @Test
  void aSecondRunInOneProcessIsNotBegun() {
    List<Outcome> second = new ArrayList<>();
    Thread[] other = new Thread[1];
    update.run(
        source,
        generations,
        FeedSelection.ALL,
        _ -> {
          if (other[0] == null) {
            other[0] =
                Thread.ofPlatform()
                    .start(
                        () ->
                            second.add(
                                update.run(source, generations, FeedSelection.ALL, _ -> {})));
            try {
              other[0].join();
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
          }
        });
    assertThat(second).containsExactly(Outcome.BUSY);
  }

  @ParameterizedTest
  @ValueSource(strings = {"alpine-3.22", "cves-2023", "manifest.json"})
  void whatIsDamagedIsMadeAnew(String file) {
    run();
    String key = key(file);
    byte[] bytes = objects.bytes(key);
    bytes[0] ^= 1;
    objects.delete(key);
    objects.put(key, ByteBuffer.wrap(bytes), ObjectEncryption.STANDARD);
    assertThat(run()).isEqualTo(Outcome.UPDATED);
    assertThat(fixed("3.22", "curl")).containsExactly("8.5.0-r0");
    assertThat(description("CVE-2023-46218")).hasValue("A flaw");
  }

  @Test
  void whatIsDamagedAndCannotBeHadIsLeftOutAndComesAgain() {
    run();
    objects.delete(key("alpine-3.22"));
    objects.delete(key("cves-2023"));
    source.fail(MAIN_22, "no route");
    source.fail("nvd-2023", "no route");
    assertThat(run()).isEqualTo(Outcome.UPDATED);
    assertThat(indexes().release("alpine-3.22")).isEmpty();
    assertThat(fixed("3.23", "curl")).hasSize(1);
    put("3.22", "main", "curl", "8.5.0-r0", "CVE-2023-46218");
    putNvd(2023, "CVE-2023-46218", "A flaw");
    run();
    assertThat(fixed("3.22", "curl")).hasSize(1);
    assertThat(description("CVE-2023-46218")).hasValue("A flaw");
  }
}
