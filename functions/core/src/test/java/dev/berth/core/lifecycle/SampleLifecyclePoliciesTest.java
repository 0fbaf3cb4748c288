package dev.berth.core.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The policies in {@code samples/lifecycle-policies}. */
class SampleLifecyclePoliciesTest {

  private static final Path SAMPLES = Path.of("..", "..", "samples", "lifecycle-policies");

  static List<Path> samples() throws IOException {
    try (Stream<Path> files = Files.list(SAMPLES)) {
      return files.filter(file -> file.toString().endsWith(".json")).toList();
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void everySampleIsAValidPolicyThatTheReadmeNames(Path sample) throws IOException {
    assertThat(LifecyclePolicy.parse(Files.readString(sample)).rules()).isNotEmpty();
    assertThat(Files.readString(SAMPLES.resolve("README.md")))
        .contains("`" + sample.getFileName() + "`");
  }
}
