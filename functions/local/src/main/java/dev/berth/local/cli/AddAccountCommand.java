package dev.berth.local.cli;

import dev.berth.local.host.DataDirectory;
import dev.berth.local.host.RootKeys.RootKey;
import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./berth add-account}: another account, with a registry of its own in every region. */
@Command(
    name = "add-account",
    mixinStandardHelpOptions = true,
    description = {
      "Add an account, which has a registry of its own in every region, and make its root key.",
      "A running host serves it within a second or so; it has a port of its own from the next"
          + " start."
    })
final class AddAccountCommand implements Runnable {

  @Parameters(paramLabel = "ACCOUNT", description = "The account's id: 12 digits.")
  private String account;

  @Mixin private DataOption data = new DataOption();

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    if (!UpCommand.ACCOUNT.matcher(account).matches()) {
      throw new ParameterException(
          spec.commandLine(), "'%s' is not an account id of 12 digits".formatted(account));
    }
    Path directory = data.directory();
    RootKey key = DataDirectory.addAccount(directory, account);
    PrintWriter out = spec.commandLine().getOut();
    out.println("account " + account);
    out.println("root access key " + key.accessKeyId());
    out.println("its variables:");
    out.println("  eval \"$(./berth env --account " + account + data.again() + ")\"");
    out.flush();
  }
}
