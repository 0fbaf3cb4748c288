package dev.berth.local.cli;

import dev.berth.core.scan.index.FeedState;
import dev.berth.core.scan.index.Generation;
import dev.berth.core.scan.index.IndexFile;
import dev.berth.local.host.FeedsStatus;
import dev.berth.local.host.Maintenance;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ./berth feeds}: what is known of vulnerabilities, and since when. */
@Command(
    name = "feeds",
    mixinStandardHelpOptions = true,
    description = {
      "List the feeds that images are scanned by, with what was imported of each and when.",
      "FETCHED is when it last brought something new, UPDATED what it says of itself."
    },
    synopsisSubcommandLabel = "[COMMAND]",
    subcommands = {FeedsUpdateCommand.class})
final class FeedsCommand implements Runnable {

  private static final String ROW = "%-24s  %10s  %-24s  %s";

  @Mixin private DataOption data = new DataOption();

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    List<FeedsStatus> regions = new Maintenance(data.directory()).feeds();
    if (regions.isEmpty()) {
      out.println(
          "no feed was imported yet: ./berth feeds update%s does it".formatted(data.again()));
    }
    Optional<Generation> printed = Optional.empty();
    for (FeedsStatus region : regions) {
      out.println(line(region));
      if (!printed.equals(Optional.of(region.manifest()))) {
        table(region.manifest(), out);
        printed = Optional.of(region.manifest());
      }
    }
    out.flush();
  }

  private static String line(FeedsStatus status) {
    Generation manifest = status.manifest();
    long bytes = manifest.files().stream().mapToLong(IndexFile::size).sum();
    return "%s: generation %s of %s, %d indexes, %d bytes"
        .formatted(
            status.region(),
            status.generation(),
            manifest.createdAt(),
            manifest.files().size(),
            bytes);
  }

  private static void table(Generation manifest, PrintWriter out) {
    out.println(ROW.formatted("FEED", "RECORDS", "FETCHED", "UPDATED"));
    for (FeedState feed : manifest.feeds()) {
      out.println(
          ROW.formatted(
              feed.name(),
              feed.records(),
              seconds(feed.fetchedAt()),
              seconds(feed.sourceUpdatedAt())));
    }
  }

  private static String seconds(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
