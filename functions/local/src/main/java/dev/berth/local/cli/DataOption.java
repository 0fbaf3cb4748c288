package dev.berth.local.cli;

import dev.berth.local.host.DataDirectory;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** {@code --data}, of the commands that look into what {@code ./berth up} keeps. */
final class DataOption {

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "The data directory that ./berth up is given (default: $BERTH_DATA, ~/.berth).")
  private Optional<Path> given = Optional.empty();

  /** The data directory, whether or not it is there. */
  Path directory() {
    return given.orElseGet(() -> DataDirectory.byDefault(System.getenv())).toAbsolutePath();
  }

  /** As it is to be given to another command; empty where it need not be. */
  String again() {
    return given.map(directory -> " --data " + Shell.quoted(directory.toString())).orElse("");
  }
}
