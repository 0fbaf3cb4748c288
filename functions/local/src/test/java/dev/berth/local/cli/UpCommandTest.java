package dev.berth.local.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.core.quota.Quota;
import dev.berth.core.throttle.Rate;
import dev.berth.local.host.HostSettings;
import dev.berth.local.host.RootKeys.RootKey;
import dev.berth.local.host.SetupException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class UpCommandTest {

  @Test
  void theDefaultsAreThoseOfTheReadme() {
    HostSettings settings = settings(Map.of("BERTH_DATA", "/var/lib/berth"));
    assertThat(settings.address()).isEqualTo("127.0.0.1");
    assertThat(settings.port()).isEqualTo(4510);
    assertThat(settings.data()).isEqualTo(Path.of("/var/lib/berth"));
    assertThat(settings.regions()).containsExactly("us-east-1");
    assertThat(settings.accounts()).as("all that there are").isEmpty();
    assertThat(settings.registryHost().of("123456789012", "us-east-1", 4510))
        .isEqualTo("localhost:4510");
    assertThat(settings.tls()).isEmpty();
    assertThat(settings.rootKey()).isEmpty();
    assertThat(settings.pullEvents()).isFalse();
    assertThat(settings.clock()).isEmpty();
    assertThat(settings.peers()).isEmpty();
  }

  @Test
  void regionsAndAccountsAreListsInOrder() {
    HostSettings settings =
        settings(
            Map.of(),
            "--regions",
            "us-west-2,eu-central-1",
            "--account",
            "222222222222,111111111111");
    assertThat(settings.regions()).containsExactly("us-west-2", "eu-central-1");
    assertThat(settings.accounts()).containsExactly("222222222222", "111111111111");
  }

  @ParameterizedTest
  @CsvSource({
    "--port, -1",
    "--port, 65536",
    "--regions, moon",
    "--regions, us-east-1;us-east-1",
    "--account, 12345",
    "--registry-host, a b",
    "--host, no-such-host.invalid",
    "--host, 0.0.0.0",
    "--host, ::",
    "--host, 192.0.2.1",
    "--clock, yesterday",
    "--clock, 2026-01-31",
    "--clock, 1969-12-31T23:59:59Z",
    "--clock, +10000-01-01T00:00:00Z",
    "--quota, images=1",
    "--quota, layer-mib=0",
    "--tls-cert, only.pem",
    "--tls-key, only.pem"
  })
  void whatIsWrongIsNamed(String option, String value) {
    assertThatThrownBy(() -> settings(Map.of(), option, value.replace(';', ',')))
        .isInstanceOf(SetupException.class)
        .message()
        .satisfiesAnyOf(
            message -> assertThat(message).contains(option),
            message -> assertThat(message).contains(value));
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "127.8.9.10", "localhost", "::1", "0:0:0:0:0:0:0:1"})
  void loopbackNeedsNoTls(String host) {
    assertThat(settings(Map.of(), "--host", host).address()).isEqualTo(host);
  }

  @Test
  void whoeverInsistsMayListenToAllWithoutTls() {
    assertThat(settings(Map.of(), "--host", "0.0.0.0", "--insecure").address())
        .isEqualTo("0.0.0.0");
    String[] tls = {"--host", "0.0.0.0", "--tls-cert", "c.pem", "--tls-key", "k.pem"};
    assertThat(settings(Map.of(), tls).tls()).isPresent();
  }

  @Test
  void quotasAreTheGuidesUnlessSaidOtherwise() {
    HostSettings settings =
        settings(
            Map.of(), "--quota", "images-per-repository=100000", "--quota", "tags-per-image=2");

    assertThat(settings.limits().quotas().of(Quota.IMAGES_PER_REPOSITORY)).isEqualTo(100_000);
    assertThat(settings.limits().quotas().of(Quota.TAGS_PER_IMAGE)).isEqualTo(2);
    assertThat(settings.limits().quotas().of(Quota.REPOSITORIES)).isEqualTo(10_000);
  }

  @Test
  void ratesAreTheGuidesUnlessSaidOtherwise() {
    HostSettings settings = settings(Map.of(), "--rate-limit", "PutImage=50/200");

    assertThat(settings.limits().rates().of("PutImage")).isEqualTo(new Rate(50, 200));
    assertThat(settings.limits().rates().of("GetAuthorizationToken")).isEqualTo(new Rate(20, 200));
    assertThatThrownBy(() -> settings(Map.of(), "--rate-limit", "PutImage=often"))
        .hasMessageContaining("--rate-limit: 'often' is no rate");
  }

  @Test
  void pullsAreToldWhereThatIsAskedFor() {
    assertThat(settings(Map.of(), "--pull-events").pullEvents()).isTrue();
  }

  @Test
  void theEnvironmentPresetsTheRootKey() {
    var environment =
        Map.of(
            "BERTH_ROOT_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE",
            "BERTH_ROOT_SECRET_ACCESS_KEY", "secret");
    assertThat(settings(environment).rootKey())
        .contains(new RootKey("AKIAIOSFODNN7EXAMPLE", "secret"));
  }

  @Test
  void halfARootKeyOrABadOneIsRefusedWithoutTellingTheSecret() {
    assertThatThrownBy(() -> settings(Map.of("BERTH_ROOT_SECRET_ACCESS_KEY", "secret")))
        .hasMessageContaining("BERTH_ROOT_ACCESS_KEY_ID")
        .hasMessageNotContaining("'secret'");
    var spaced =
        Map.of(
            "BERTH_ROOT_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE",
            "BERTH_ROOT_SECRET_ACCESS_KEY", "open sesame");
    assertThatThrownBy(() -> settings(spaced))
        .hasMessageContaining("BERTH_ROOT_SECRET_ACCESS_KEY")
        .hasMessageNotContaining("sesame");
  }

  private static HostSettings settings(Map<String, String> environment, String... arguments) {
    var command = new UpCommand();
    new CommandLine(command).parseArgs(arguments);
    return command.settings(environment);
  }
}
