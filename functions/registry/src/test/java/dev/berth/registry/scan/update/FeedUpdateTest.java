package dev.berth.registry.scan.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.berth.core.scan.feed.Compression;
import dev.berth.core.scan.feed.Feed;
import dev.berth.core.scan.feed.FeedTarget;
import dev.berth.core.scan.index.IndexFile;
import dev.berth.registry.scan.generation.CurrentIndexes;
import dev.berth.registry.scan.generation.Generations;
import dev.berth.registry.scan.generation.Indexes;
import dev.berth.registry.scan.update.FeedNews.Imported;
import dev.berth.registry.scan.update.FeedNews.Kept;
import dev.berth.registry.scan.update.FeedUpdate.Outcome;
import dev.berth.registry.store.MemoryObjects;
import dev.berth.registry.store.MemoryTable;
import java.io.InputStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class FeedUpdateTest extends UpdatedFeeds {
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
}
