package dev.berth.clients;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * One client as a test uses it.
 *
 * @param home holds all that the client writes
 * @param program the program and the options that every call has
 */
record Client(Path home, List<String> program) {

  Command command(Object... words) {
    return Command.in(home, Stream.concat(program.stream(), Stream.of(words)).toArray());
  }

  /** Runs it, for its standard output. */
  String run(Object... words) {
    return command(words).run();
  }

  /** Gives it the registry's password on its standard input, as the ECR guide does. */
  void logIn(RegistryUnderTest registry, Object... words) {
    command(words).reading(registry.password()).run();
  }
}
