package dev.berth.local.cli;

import dev.berth.local.host.Maintenance;
import dev.berth.local.host.RegionCollected;
import dev.berth.registry.gc.Collected;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./berth gc}: frees what nothing refers to. */
@Command(
    name = "gc",
    mixinStandardHelpOptions = true,
    description = {
      "Free what no image needs, and say how much that was.",
      "A running host does it by itself every night, and keeps what clients may still rely on: it"
          + " frees what was deleted after one to two days. Without a host all is freed at once.",
      "A host that was started with --clock collects nothing."
    })
final class GcCommand implements Runnable {

  @Option(names = "--dry-run", description = "Only say what would be freed, by and by.")
  private boolean dryRun;

  @Mixin private DataOption data = new DataOption();

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    Path directory = data.directory();
    List<RegionCollected> regions = new Maintenance(directory).collect(dryRun);
    PrintWriter out = spec.commandLine().getOut();
    regions.forEach(region -> out.println(line(region.region(), region.collected())));
    out.flush();
  }

  private String line(String region, Collected collected) {
    String freed =
        "%s: %s %d bytes: %d links, %d blobs, %d objects"
            .formatted(
                region,
                dryRun ? "would free" : "freed",
                collected.bytes(),
                collected.links(),
                collected.blobs(),
                collected.objects());
    return freed + announced(collected) + skipped(collected);
  }

  private static String announced(Collected collected) {
    return collected.announced() == 0
        ? ""
        : "; %d more links in an hour, unless they are used".formatted(collected.announced());
  }

  private static String skipped(Collected collected) {
    return collected.skipped() == 0
        ? ""
        : "; left %d repositories alone that could not be read".formatted(collected.skipped());
  }
}
