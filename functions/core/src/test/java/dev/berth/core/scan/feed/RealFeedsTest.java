package dev.berth.core.scan.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.scan.ScanData;
import dev.berth.core.scan.catalog.Distributions;
import dev.berth.core.scan.index.FeedState;
import dev.berth.core.scan.index.ReleaseIndex;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Feeds that the distributions published. */
class RealFeedsTest {

  private static final Instant FETCHED = Instant.parse("2026-11-25T00:00:00Z");

  @Test
  void theExportOfAlmaLinuxIsImportedWhole() throws IOException {
    GenerationBuilder builder = new GenerationBuilder(FETCHED);
    try (InputStream in = Files.newInputStream(ScanData.file("feeds/osv/AlmaLinux-all.zip"))) {
      FeedState state = builder.read(feed("alma"), FETCHED, in);
      assertThat(state.records()).isEqualTo(5680);
    }
    var files = builder.build().files();
    assertThat(ReleaseIndex.read(files.get("alma-8")).size()).isEqualTo(30_805);
    assertThat(ReleaseIndex.read(files.get("alma-9")).size()).isEqualTo(22_969);
    assertThat(ReleaseIndex.read(files.get("alma-10")).size()).isEqualTo(6_125);
  }

  private static Feed feed(String name) {
    return Distributions.feeds().stream()
        .filter(it -> it.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
