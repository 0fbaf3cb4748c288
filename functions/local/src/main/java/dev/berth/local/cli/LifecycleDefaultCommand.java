package dev.berth.local.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.local.host.SetupException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./berth lifecycle default}: the policy of repositories without one of their own. */
@Command(
    name = "default",
    mixinStandardHelpOptions = true,
    description = {
      "Print, set or remove the lifecycle policy that repositories without one of their own are"
          + " under.",
      "Calls the deployment that the standard AWS variables name, as ./berth env exports them, with"
          + " the rights of their key."
    })
final class LifecycleDefaultCommand implements Runnable {

  private static final String POLICY = "lifecyclePolicyText";

  /** At most one of them. */
  static final class Change {

    @Option(
        names = "--set",
        paramLabel = "FILE",
        description = "Make the policy in this file the default.")
    private Optional<Path> file = Optional.empty();

    @Option(names = "--remove", description = "Have no default any more.")
    private boolean remove;
  }

  @ArgGroup private Change change = new Change();

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    ObjectNode request = JsonNodeFactory.instance.objectNode();
    var ecr = EcrCall.of(System.getenv());
    PrintWriter out = spec.commandLine().getOut();
    if (change.file.isPresent()) {
      request.put(POLICY, read(change.file.get()));
      ecr.call("PutRegistryLifecyclePolicy", request);
      out.println("repositories without a lifecycle policy of their own are under this one now");
    } else if (change.remove) {
      ecr.call("DeleteRegistryLifecyclePolicy", request);
      out.println("there is no default any more");
    } else {
      out.println(ecr.call("GetRegistryLifecyclePolicy", request).path(POLICY).asText());
    }
    out.flush();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new SetupException("--set: " + file + " cannot be read: " + e.getMessage());
    }
  }
}
