package dev.berth.core.policy.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
    int grantsToSessions = 0;
    List<String> unexplained = new ArrayList<>();
    for (int i = 0; i < CASES; i++) {
      String here = cases.get(i).decideHere();
      String there = answers.get(i);
      if (isGrantToSession(cases.get(i), here, there)) {
        grantsToSessions++;
      } else if (!here.equals(there)) {
        unexplained.add("%s, not %s: %s".formatted(here, there, questions.get(i)));
      }
    }
    assertThat(Set.copyOf(answers))
        .containsExactlyInAnyOrder("Allowed", "ExplicitlyDenied", "ImplicitlyDenied");
    assertThat(unexplained).isEmpty();
    assertThat(grantsToSessions)
        .as("an exception that still occurs, and is rare")
        .isBetween(1, 200);
  }

  /**
   * What a resource's policy allows to a session itself is "not limited by an implicit deny in an
   * identity-based policy, a permissions boundary, or session policy" ("Policy evaluation for
   * requests within a single account"), nor is what it allows to {@code *} ("IAM role principals");
   * the simulator lets session policies limit both.
   */
  private static boolean isGrantToSession(Case request, String here, String there) {
    return request.isBySession()
        && request.session().isPresent()
        && request.account().equals(request.owner())
        && request.repository().filter(policy -> isNamedIn(policy, request)).isPresent()
        && request.withoutSession().decideHere().equals("Allowed")
        && here.equals("Allowed")
        && there.equals("ImplicitlyDenied");
  }

  private static boolean isNamedIn(String policy, Case request) {
    return policy.contains("\"*\"") || policy.contains(request.principal());
  }

  private static Path installation() {
    Optional<Path> directory =
        Optional.ofNullable(System.getenv("BERTH_IAM_SIMULATE")).map(Path::of);
    assumeTrue(
        directory.filter(d -> Files.isDirectory(d.resolve("node_modules"))).isPresent(),
        "BERTH_IAM_SIMULATE names a directory with npm's @cloud-copilot/iam-simulate");
    return directory.orElseThrow();
  }
}
