package dev.berth.core.policy.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two engines that know nothing of each other decide the same. */
class OracleTest {

  private static final int CASES = 12_000;
  private static final long SEED = 20_151_221;

  @TempDir Path scratch;

  @Test
  void theSimulatorDecidesTheSameButWhereItDepartsFromAwssDocumentation() throws Exception {
    var simulator = new Simulator(installation(), scratch);
    var generator = new Cases(SEED);
    List<Case> cases = Stream.generate(generator::next).limit(CASES).toList();
    List<String> questions = new ArrayList<>();
    for (Case each : cases) {
      questions.add(each.forSimulator());
    }
    List<String> answers = simulator.run(questions);

    assertThat(answers).hasSize(CASES);
    List<String> unexplained = new ArrayList<>();
    for (int i = 0; i < CASES; i++) {
      String here = cases.get(i).decideHere();
      if (!here.equals(answers.get(i))) {
        unexplained.add("%s, not %s: %s".formatted(here, answers.get(i), questions.get(i)));
      }
    }
    System.out.println(answers.stream().collect(Collectors.groupingBy(a -> a.length() > 30 ? a.replaceAll("[0-9]+","") : a, Collectors.counting())));
    assertThat(unexplained).isEmpty();
  }

  private static Path installation() {
    Optional<Path> directory = Optional.ofNullable(System.getenv("BERTH_IAM_SIMULATE")).map(Path::of);
    assumeTrue(
        directory.filter(d -> Files.isDirectory(d.resolve("node_modules"))).isPresent(),
        "BERTH_IAM_SIMULATE names a directory with npm's @cloud-copilot/iam-simulate");
    return directory.orElseThrow();
  }
}
