package dev.berth.registry.scan.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.berth.core.scan.feed.Compression;
import dev.berth.core.scan.feed.Feed;
import dev.berth.core.scan.feed.FeedTarget;
import dev.berth.core.scan.feed.secdb.SecdbFeed;
import dev.berth.core.scan.index.CveDetails;
import dev.berth.core.scan.index.IndexFile;
import dev.berth.registry.scan.generation.CurrentIndexes;
import dev.berth.registry.scan.generation.Generations;
import dev.berth.registry.scan.generation.Indexes;
import dev.berth.registry.scan.update.FeedNews.Failed;
import dev.berth.registry.scan.update.FeedNews.Imported;
import dev.berth.registry.scan.update.FeedNews.Kept;
import dev.berth.registry.scan.update.FeedUpdate.Outcome;
import dev.berth.registry.store.Action;
import dev.berth.registry.store.InterposedTable;
import dev.berth.registry.store.Keys;
import dev.berth.registry.store.MemoryObjects;
import dev.berth.registry.store.MemoryTable;
import dev.berth.registry.store.ObjectEncryption;
import dev.berth.registry.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FeedUpdateTest {

  private static final String MAIN_22 = "alpine-3.22-main";
  private static final String MAIN_23 = "alpine-3.23-main";
  private static final String COMMUNITY_23 = "alpine-3.23-community";

  private Instant now = Instant.parse("2026-11-25T12:00:00Z");
  private final Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);
  private final MemoryTable memory = new MemoryTable();
  private final InterposedTable table = new InterposedTable(memory);
  private final MemoryObjects objects = new MemoryObjects(1);
  private final Generations generations = new Generations(table, objects, clock);
  private final MemorySource source = new MemorySource();
  private final List<Feed> feeds =
      List.of(secdb("3.22", "main"), secdb("3.23", "main"), secdb("3.23", "community"));
  private final FeedUpdate update = new FeedUpdate(clock, feeds);
  private final List<FeedNews> news = new ArrayList<>();

  FeedUpdateTest() {
    put("3.22", "main", "curl", "8.5.0-r0", "CVE-2023-46218");
    put("3.23", "main", "curl", "8.5.0-r0", "CVE-2023-46218");
    put("3.23", "community", "node", "1.0.0-r0", "CVE-2024-1000");
    putNvd(2023, "CVE-2023-46218", "A flaw");
    putNvd(2024, "CVE-2024-1000", "Another flaw");
  }

  private static SecdbFeed secdb(String release, String repository) {
    return new SecdbFeed(
        "alpine-%s-%s".formatted(release, repository),
        "v" + release,
        repository,
        "alpine-" + release);
  }

  private void put(String release, String repository, String name, String fixed, String cve) {
    source.put(
        "alpine-%s-%s".formatted(release, repository),
        """
        {"distroversion": "v%s", "packages": [{"pkg": {"name": "%s", "secfixes": {
          "%s": ["%s"]}}}]}
        """
            .formatted(release, name, fixed, cve));
  }

  private void putNvd(int year, String cve, String description) {
    source.put(
        "nvd-" + year,
        """
        {"vulnerabilities": [
          {"cve": {"id": "CVE-%d-7777777", "vulnStatus": "Analyzed",
            "descriptions": [{"lang": "en", "value": "named by nobody, yet"}]}},
          {"cve": {"id": "%s", "vulnStatus": "Analyzed",
            "descriptions": [{"lang": "en", "value": "%s"}]}}]}
        """
            .formatted(year, cve, description));
  }

  private Outcome run(String... only) {
    news.clear();
    source.takeSent();
    now = now.plusSeconds(60);
    return update.run(source, generations, new FeedSelection(List.of(only)), news::add);
  }

  private Indexes indexes() {
    return new CurrentIndexes(generations, clock).current().orElseThrow();
  }

  private List<String> fixed(String release, String name) {
    return indexes().release("alpine-" + release).orElseThrow().find(name).stream()
        .map(row -> row.versions().bound())
        .toList();
  }

  private Optional<String> description(String cve) {
    return indexes().cves().find(cve).map(CveDetails::description);
  }

  private <T extends FeedNews> List<T> told(Class<T> type) {
    return news.stream().filter(type::isInstance).map(type::cast).toList();
  }

  @Test
  void allFeedsBecomeAGeneration() {
    assertThat(run()).isEqualTo(Outcome.UPDATED);
    assertThat(fixed("3.22", "curl")).containsExactly("8.5.0-r0");
    assertThat(fixed("3.23", "curl")).containsExactly("8.5.0-r0");
    assertThat(fixed("3.23", "node")).containsExactly("1.0.0-r0");
    assertThat(description("CVE-2023-46218")).hasValue("A flaw");
    assertThat(description("CVE-2024-1000")).hasValue("Another flaw");
    assertThat(indexes().manifest().files())
        .extracting(IndexFile::name)
        .containsExactly("alpine-3.22", "alpine-3.23", "cves-2023", "cves-2024");
    assertThat(indexes().manifest().feed("nvd-2024").orElseThrow().records()).isEqualTo(2);
    assertThat(told(Imported.class)).hasSize(5);
    assertThat(news).contains(new FeedNews.Planned(3), new FeedNews.Planned(2));
  }

  @Test
  void whatHasNotChangedIsNotImportedAnew() {
    run();
    var before = generations.current();
    int files = objects.keys().size();
    assertThat(run()).isEqualTo(Outcome.UNCHANGED);
    assertThat(source.takeSent()).isEmpty();
    assertThat(told(Kept.class)).hasSize(5).noneMatch(Kept::absent);
    assertThat(generations.current()).isEqualTo(before);
    assertThat(objects.keys()).hasSize(files);
  }

  @Test
  void whereOneFeedChangedTheFilesOfTheOthersAreKept() {
    run();
    byte[] before = objects.bytes(key("alpine-3.23"));
    put("3.22", "main", "curl", "8.6.0-r0", "CVE-2023-46218");
    assertThat(run()).isEqualTo(Outcome.UPDATED);
    assertThat(source.takeSent()).containsExactly(MAIN_22);
    assertThat(fixed("3.22", "curl")).containsExactly("8.6.0-r0");
    assertThat(objects.bytes(key("alpine-3.23"))).isEqualTo(before);
    assertThat(description("CVE-2023-46218")).hasValue("A flaw");
    assertThat(indexes().manifest().feed(MAIN_23).orElseThrow().fetchedAt())
        .isBefore(indexes().manifest().feed(MAIN_22).orElseThrow().fetchedAt());
  }

  @Test
  void anIndexIsMadeOfAllItsFeedsIfOneHasChanged() {
    run();
    put("3.23", "community", "node", "2.0.0-r0", "CVE-2024-1000");
    run();
    assertThat(source.takeSent()).containsExactlyInAnyOrder(MAIN_23, COMMUNITY_23);
    assertThat(fixed("3.23", "node")).containsExactly("2.0.0-r0");
    assertThat(fixed("3.23", "curl")).containsExactly("8.5.0-r0");
  }

  @Test
  void aFeedOfNvdComesAgainWhereOthersAreNamed() {
    run();
    put("3.22", "main", "curl", "8.6.0-r0", "CVE-2023-7777777");
    run();
    assertThat(source.takeSent()).containsExactly(MAIN_22, "nvd-2023");
    assertThat(description("CVE-2023-7777777")).hasValue("named by nobody, yet");
    assertThat(description("CVE-2023-46218")).hasValue("A flaw");
  }

  @Test
  void ofVulnerabilitiesThatNoAdvisoryNamesAnyMoreNothingIsKept() {
    run();
    put("3.23", "community", "node", "2.0.0-r0", "CVE-2023-46218");
    run();
    assertThat(description("CVE-2024-1000")).isEmpty();
    assertThat(indexes().manifest().file("cves-2024")).isEmpty();
  }

  @Test
  void whatNvdSaysLaterReplacesWhatItSaid() {
    run();
    putNvd(2023, "CVE-2023-46218", "A flaw, explained");
    assertThat(run()).isEqualTo(Outcome.UPDATED);
    assertThat(source.takeSent()).containsExactly("nvd-2023");
    assertThat(description("CVE-2023-46218")).hasValue("A flaw, explained");
    assertThat(description("CVE-2024-1000")).hasValue("Another flaw");
  }

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
  void oneFeedAloneCanBeImportedFirst() {
    assertThat(run("alpine-3.22")).isEqualTo(Outcome.UPDATED);
    assertThat(source.takeSent()).containsExactly(MAIN_22);
    assertThat(fixed("3.22", "curl")).hasSize(1);
    assertThat(indexes().release("alpine-3.23")).isEmpty();
    run("nvd");
    assertThat(source.takeSent()).containsExactly("nvd-2023");
    assertThat(description("CVE-2023-46218")).hasValue("A flaw");
    run("alpine");
    assertThat(description("CVE-2023-46218")).hasValue("A flaw");
    assertThat(fixed("3.23", "curl")).hasSize(1);
  }

  @Test
  void aSelectionOfNothingIsRefused() {
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> new FeedSelection(List.of("debian", "gentoo")))
        .withMessageContaining("gentoo")
        .withMessageContaining("alpine, amazon, debian, nvd");
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

  @Test
  void indexesOfFeedsThatAreNotKnownHereAreKept() {
    run();
    var fewer = new FeedUpdate(clock, feeds.subList(1, 3));
    put("3.23", "main", "curl", "8.6.0-r0", "CVE-2023-46218");
    assertThat(fewer.run(source, generations, FeedSelection.ALL, news::add))
        .isEqualTo(Outcome.UPDATED);
    assertThat(fixed("3.22", "curl")).containsExactly("8.5.0-r0");
    assertThat(fixed("3.23", "curl")).containsExactly("8.6.0-r0");
  }

  @Test
  void feedsThatGoTogetherNoMoreReplaceWhatTheyMadeTogether() {
    run();
    var alone = new FeedUpdate(clock, List.of(apart(MAIN_23), apart(COMMUNITY_23)));
    source.put(MAIN_23, "garbage");
    put("3.23", "community", "node", "2.0.0-r0", "CVE-2024-1000");
    assertThat(alone.run(source, generations, FeedSelection.ALL, news::add))
        .isEqualTo(Outcome.UPDATED);
    assertThat(fixed("3.23", "node")).containsExactly("2.0.0-r0");
  }

  private Feed apart(String name) {
    Feed together =
        feeds.stream().filter(feed -> feed.name().equals(name)).findFirst().orElseThrow();
    return new Feed() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public String location() {
        return together.location();
      }

      @Override
      public Compression compression() {
        return together.compression();
      }

      @Override
      public long read(InputStream in, FeedTarget target) {
        return together.read(in, target);
      }
    };
  }

  @Test
  void anotherDeploymentTakesOverWhatIsInForce() {
    run();
    var elsewhere = new Generations(new MemoryTable(), new MemoryObjects(1), clock);
    assertThat(elsewhere.takeOver(generations)).isEqualTo(Generations.Takeover.DONE);
    assertThat(elsewhere.takeOver(generations)).isEqualTo(Generations.Takeover.NOTHING_NEW);
    Indexes there = new CurrentIndexes(elsewhere, clock).current().orElseThrow();
    assertThat(there.manifest()).isEqualTo(indexes().manifest());
    assertThat(there.release("alpine-3.23").orElseThrow().find("curl")).hasSize(1);
    put("3.22", "main", "curl", "8.6.0-r0", "CVE-2023-46218");
    run();
    assertThat(elsewhere.takeOver(generations)).isEqualTo(Generations.Takeover.DONE);
  }

  @Test
  void whereThereIsNothingNothingIsTakenOver() {
    var elsewhere = new Generations(new MemoryTable(), new MemoryObjects(1), clock);
    assertThat(generations.takeOver(elsewhere)).isEqualTo(Generations.Takeover.NOTHING_NEW);
  }

  private String key(String file) {
    String id = generationId();
    return "generations/%s/%s".formatted(id, file);
  }

  private String generationId() {
    return memory.all().stream()
        .filter(item -> item.key().equals(Keys.currentGeneration()))
        .map(item -> item.text("id"))
        .findFirst()
        .orElseThrow();
  }
}
