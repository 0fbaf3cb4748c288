package dev.berth.local.cli;

import dev.berth.local.host.DataDirectory;
import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ./berth accounts}: the accounts that there are. */
@Command(
    name = "accounts",
    mixinStandardHelpOptions = true,
    description = "Print the id of each account of the data directory, the oldest first.")
final class AccountsCommand implements Runnable {

  @Mixin private DataOption data = new DataOption();

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    Path directory = data.directory();
    PrintWriter out = spec.commandLine().getOut();
    DataDirectory.readRootKeys(directory).accounts().forEach(out::println);
    out.flush();
  }
}
