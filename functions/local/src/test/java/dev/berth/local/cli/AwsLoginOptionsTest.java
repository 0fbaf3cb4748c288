package dev.berth.local.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.core.login.StsEndpoint;
import dev.berth.local.host.SetupException;
import dev.berth.registry.login.AwsLoginSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class AwsLoginOptionsTest {

  private static final String LIST =
      """
      [{"principal": "arn:aws:sts::111122223333:assumed-role/ci/*",
        "role": "arn:aws:iam::123456789012:role/ci"}]
      """;

  @TempDir Path directory;
  private Path file;

  @BeforeEach
  void write() throws IOException {
    file = Files.writeString(directory.resolve("principals.json"), LIST);
  }

  private static Optional<AwsLoginSettings> settings(
      Map<String, String> environment, String... arguments) {
    var command = new UpCommand();
    new CommandLine(command).parseArgs(arguments);
    return command.settings(environment).awsLogin();
  }

  @Test
  void nobodyOfAwsMayLogInUnlessTheyAreListed() {
    assertThat(settings(Map.of())).isEmpty();
  }

  @Test
  void aFileSaysWhoMayLogIn() {
    AwsLoginSettings settings =
        settings(Map.of(), "--aws-principals", file.toString()).orElseThrow();

    assertThat(settings.principals().entries()).hasSize(1);
    assertThat(settings.endpoint()).isEqualTo(StsEndpoint.ofAws());
    assertThat(settings.audience("localhost:4510")).isEqualTo("localhost");
  }

  @Test
  void theEnvironmentSaysWhereStsIs() {
    AwsLoginSettings settings =
        settings(
                Map.of("AWS_ENDPOINT_URL_STS", "https://sts.internal:8443"),
                "--aws-principals",
                file.toString(),
                "--aws-login-name",
                "berth-prod")
            .orElseThrow();

    assertThat(settings.endpoint()).isEqualTo(StsEndpoint.at("https://sts.internal:8443"));
    assertThat(settings.audience("localhost:4510")).isEqualTo("berth-prod");
  }

  @Test
  void whatIsWrongIsNamedWithItsPlace() throws IOException {
    assertRefused("cannot read", directory.resolve("none.json"));
    assertRefused("entry 1", Files.writeString(file, "[{\"principal\":\"x\",\"role\":\"y\"}]"));
    assertRefused("not JSON", Files.writeString(file, "{"));
    assertThatThrownBy(() -> settings(Map.of(), "--aws-login-name", "x"))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining("--aws-principals");
  }

  private static void assertRefused(String message, Path file) {
    assertThatThrownBy(() -> settings(Map.of(), "--aws-principals", file.toString()))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining(message)
        .hasMessageContaining(file.toString());
  }
}
