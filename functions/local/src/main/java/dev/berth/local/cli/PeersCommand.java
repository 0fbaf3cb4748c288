package dev.berth.local.cli;

import dev.berth.local.host.PeerFiles;
import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./berth peers}: what an agreement with another deployment takes. */
@Command(
    name = "peers",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Agreements to replicate with hosts and deployments of others (up --peers).",
    subcommands = PeersCommand.Secret.class)
final class PeersCommand {

  @Command(
      name = "secret",
      mixinStandardHelpOptions = true,
      description = {
        "Make a file with a fresh secret that its owner alone can read.",
        "The other side needs the same: bring it there by a way that nobody else reads."
      })
  static final class Secret implements Runnable {

    @Parameters(paramLabel = "FILE", description = "The file; there must be none yet.")
    private Path file;

    @Spec private CommandSpec spec;

    @Override
    public void run() {
      PeerFiles.createSecret(file);
      PrintWriter out = spec.commandLine().getOut();
      out.println("a fresh secret is in " + file);
      out.flush();
    }
  }
}
