package dev.berth.local.cli;

import dev.berth.local.host.DataDirectory;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./berth accounts}: the accounts that there are. */
@Command(
    name = "accounts",
    mixinStandardHelpOptions = true,
    description = "Print the id of each account of the data directory, the oldest first.")
final class AccountsCommand implements Runnable {

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "The data directory that ./berth up is given (default: $BERTH_DATA, ~/.berth).")
  private Optional<Path> data = Optional.empty();

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    Path directory = data.orElseGet(() -> DataDirectory.byDefault(System.getenv()));
    PrintWriter out = spec.commandLine().getOut();
    DataDirectory.readRootKeys(directory).accounts().forEach(out::println);
    out.flush();
  }
}
