package dev.berth.local.host;

import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

/** {@code gc} and {@code gc --dry-run}: a line a region, see {@link RegionCollected}. */
record CollectCommand(Collection<LocalDeployment> deployments) implements ControlCommand {

  static final String NAME = "gc";
  private static final String DRY = "--dry-run";

  static String question(boolean dry) {
    return dry ? NAME + " " + DRY : NAME;
  }

  /** Of a host whose clock is set. */
  static void refuse(List<String> arguments, Consumer<String> answer) {
    throw new SetupException(
        "the host's clock is set (--clock), so it cannot tell what is garbage by its age: restart"
            + " it without --clock");
  }

  @Override
  public void run(List<String> arguments, Consumer<String> answer) {
    boolean dry = arguments.contains(DRY);
    deployments.forEach(
        deployment ->
            answer.accept(RegionCollected.line(deployment.region(), deployment.collect(dry))));
  }
}
