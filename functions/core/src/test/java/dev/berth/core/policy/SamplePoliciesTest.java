package dev.berth.core.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The policies of the guide, in {@code samples/policies}. */
class SamplePoliciesTest {

  private static final Path SAMPLES = Path.of("..", "..", "samples", "policies");

  static List<Path> repositoryPolicies() throws IOException {
    return samples("repository-");
  }

  static List<Path> registryPolicies() throws IOException {
    return samples("registry-");
  }

  private static List<Path> samples(String prefix) throws IOException {
    try (Stream<Path> files = Files.list(SAMPLES)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith(prefix))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("repositoryPolicies")
  void theGuidesRepositoryPoliciesAreValid(Path file) throws IOException {
    assertThat(PolicyReader.ofRepository().read(Files.readString(file)).statements()).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("registryPolicies")
  void theGuidesRegistryPoliciesAreValid(Path file) throws IOException {
    var reader = PolicyReader.ofRegistry("123456789012", "us-west-2");

    assertThat(reader.read(Files.readString(file)).statements()).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("registryPolicies")
  void aRegistrysPolicyIsNoRepositorys(Path file) throws IOException {
    String text = Files.readString(file);

    assertThatThrownBy(() -> PolicyReader.ofRepository().read(text))
        .isInstanceOf(PolicyException.class)
        .hasMessageContaining("'Resource'");
  }
}
