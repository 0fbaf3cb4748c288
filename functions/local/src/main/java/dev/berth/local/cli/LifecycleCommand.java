package dev.berth.local.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./berth lifecycle}: lifecycle policies. */
@Command(
    name = "lifecycle",
    mixinStandardHelpOptions = true,
    description = "Run lifecycle policies now, or set a registry's default.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {LifecycleRunCommand.class, LifecycleDefaultCommand.class})
final class LifecycleCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "lifecycle needs a command: run or default");
  }
}
