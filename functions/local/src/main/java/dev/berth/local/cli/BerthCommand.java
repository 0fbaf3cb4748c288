package dev.berth.local.cli;

import dev.berth.local.host.SetupException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line of {@code ./berth}. */
@Command(
    name = "berth",
    description = "A container registry that you own, with Amazon ECR's API.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      UpCommand.class,
      EnvCommand.class,
      EventsCommand.class,
      AddAccountCommand.class,
      AccountsCommand.class,
      KmsCommand.class,
      PeersCommand.class,
      AuditCommand.class,
      LifecycleCommand.class,
      FeedsCommand.class,
      GcCommand.class,
      FsckCommand.class
    })
public final class BerthCommand {

  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return new CommandLine(new BerthCommand())
        .setParameterExceptionHandler(BerthCommand::explainUsage)
        .setExecutionExceptionHandler(BerthCommand::explain);
  }

  /** One line, and where to read more: a page of options would hide what was wrong. */
  private static int explainUsage(CommandLine.ParameterException e, String[] arguments) {
    CommandLine command = e.getCommandLine();
    command
        .getErr()
        .println(
            "berth: "
                + e.getMessage()
                + " (see ./"
                + command.getCommandSpec().qualifiedName()
                + " --help)");
    return command.getCommandSpec().exitCodeOnInvalidInput();
  }

  /** What the user can mend in one line; a fault of ours with all that is known of it. */
  private static int explain(Exception e, CommandLine command, CommandLine.ParseResult arguments) {
    PrintWriter err = command.getErr();
    if (e instanceof SetupException) {
      err.println("berth: " + e.getMessage());
    } else {
      err.println("berth: this is a fault of Berth's own, please report it:");
      e.printStackTrace(err);
    }
    return command.getCommandSpec().exitCodeOnExecutionException();
  }
}
