package dev.berth.core.policy.oracle;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** {@code @cloud-copilot/iam-simulate} in one node process: an independent engine to compare to. */
final class Simulator {

  private static final String SCRIPT = "/dev/berth/core/policy/oracle/simulate.mjs";

  private final Path installation;
  private final Path scratch;

  /**
   * @param installation the directory in which npm installed the package
   * @param scratch an empty directory
   */
  Simulator(Path installation, Path scratch) {
    this.installation = installation;
    this.scratch = scratch;
  }

  /** An answer to each simulation, in their order. */
  List<String> run(List<String> simulations) throws IOException, InterruptedException {
    Path script = scratch.resolve("simulate.mjs");
    try (var source = Simulator.class.getResourceAsStream(SCRIPT)) {
      Files.write(script, source.readAllBytes());
    }
    Path questions = Files.write(scratch.resolve("questions"), simulations);
    Path answers = scratch.resolve("answers");
    Path errors = scratch.resolve("errors");
    Process node =
        new ProcessBuilder("node", script.toString(), installation.toAbsolutePath().toString())
            .redirectInput(questions.toFile())
            .redirectOutput(answers.toFile())
            .redirectError(errors.toFile())
            .start();
    try {
      if (node.waitFor() != 0) {
        throw new IOException("node: " + Files.readString(errors, StandardCharsets.UTF_8));
      }
    } finally {
      node.destroyForcibly();
    }
    return Files.readAllLines(answers);
  }
}
