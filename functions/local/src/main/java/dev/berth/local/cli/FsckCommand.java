package dev.berth.local.cli;

import dev.berth.local.host.Maintenance;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./berth fsck}: checks whether what is kept fits together. */
@Command(
    name = "fsck",
    mixinStandardHelpOptions = true,
    description = {
      "Check whether items and objects fit together, one line for each fault.",
      "No host may run meanwhile. Exits with 0 if all is well, with 1 if there are faults."
    })
final class FsckCommand implements Callable<Integer> {

  @Option(
      names = "--repair",
      description = "Set counts and numbers of references to what they should be.")
  private boolean repair;

  @Mixin private DataOption data = new DataOption();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    Path directory = data.directory();
    PrintWriter out = spec.commandLine().getOut();
    long faults =
        new Maintenance(directory)
            .check(repair, (region, fault) -> out.println(region + ": " + fault));
    out.println(faults == 0 ? "no faults" : faults + (faults == 1 ? " fault" : " faults"));
    out.flush();
    return faults == 0 ? 0 : 1;
  }
}
