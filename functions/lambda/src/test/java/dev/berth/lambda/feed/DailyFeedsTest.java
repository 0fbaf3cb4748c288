package dev.berth.lambda.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.berth.core.scan.ScanData;
import dev.berth.registry.scan.generation.CurrentIndexes;
import dev.berth.registry.scan.generation.Generations;
import dev.berth.registry.scan.update.FeedUpdate;
import dev.berth.registry.scan.update.FeedUpdates;
import dev.berth.registry.store.MemoryObjects;
import dev.berth.registry.store.MemoryTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DailyFeedsTest {

  private final Clock clock = Clock.systemUTC();
  private final Generations generations =
      new Generations(new MemoryTable(), new MemoryObjects(1), clock);

  @TempDir private Path directory;

  private FeedUpdates of(Map<String, String> environment) {
    return DailyFeeds.of(environment, "us-east-1", generations, clock);
  }

  @Test
  void nothingIsFetchedUnasked() {
    assertThat(of(Map.of())).isSameAs(FeedUpdates.OFF);
    assertThat(of(Map.of("BERTH_FEEDS", "off"))).isSameAs(FeedUpdates.OFF);
    assertThat(of(Map.of("BERTH_FEEDS", "daily"))).isInstanceOf(DailyFeeds.class);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> of(Map.of("BERTH_FEEDS", "hourly")))
        .withMessage("BERTH_FEEDS is 'hourly', not daily or off");
  }

  @Test
  void theExportOfAlmaLinuxIsImportedWholeBesideAFeedThatIsGarbage() throws IOException {
    Files.write(directory.resolve("alma.zip"), ScanData.bytes("feeds/osv/AlmaLinux-all.zip"));
    Files.writeString(directory.resolve("debian.zip"), "garbage");
    new DailyFeeds("us-east-1", new FeedUpdate(clock), new DirectoryFeeds(directory), generations)
        .run();
    var indexes = new CurrentIndexes(generations, clock).current().orElseThrow();
    assertThat(indexes.manifest().feeds())
        .singleElement()
        .satisfies(feed -> assertThat(feed.records()).isEqualTo(5680));
    assertThat(indexes.release("alma-9").orElseThrow().size()).isEqualTo(22_969);
    assertThat(indexes.release("debian-12")).isEmpty();
  }

  @Test
  void theUpdateInfoOfAmazonLinuxIsImportedFromADirectory() throws IOException {
    byte[] updates = ScanData.bytes("feeds/updateinfo/al2-updateinfo.xml.gz");
    Files.write(directory.resolve("amazon-2-x86-64.xml.gz"), updates);
    Files.write(directory.resolve("amazon-2-aarch64.xml.gz"), updates);
    new DailyFeeds("us-east-1", new FeedUpdate(clock), new DirectoryFeeds(directory), generations)
        .run();
    var indexes = new CurrentIndexes(generations, clock).current().orElseThrow();
    assertThat(indexes.release("amazon-2").orElseThrow().size()).isPositive();
  }
}
