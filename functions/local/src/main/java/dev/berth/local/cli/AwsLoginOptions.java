package dev.berth.local.cli;

import dev.berth.local.host.SetupException;
import dev.berth.registry.login.AwsLoginSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How principals of AWS log in, as {@code ./berth up} is told. */
final class AwsLoginOptions {

  /** Where STS is asked, as AWS's own clients are told. */
  private static final String ENDPOINT = "AWS_ENDPOINT_URL_STS";

  @Option(
      names = "--aws-principals",
      paramLabel = "FILE",
      description = {
        "JSON that says which principals of AWS may log in at /aws-login, and as which roles:",
        "[{\"principal\": \"arn:aws:sts::111122223333:assumed-role/ci/*\",",
        "  \"role\": \"arn:aws:iam::123456789012:role/ci\"}]"
      })
  private Optional<Path> principals = Optional.empty();

  @Option(
      names = "--aws-login-name",
      paramLabel = "NAME",
      description =
          "What they have to sign their requests for (default: the registry's host name, without"
              + " its port).")
  private Optional<String> name = Optional.empty();

  /**
   * @throws SetupException if the options, or what is in the file, are not as they must be
   */
  Optional<AwsLoginSettings> settings(Map<String, String> environment) {
    if (principals.isEmpty() && name.isPresent()) {
      throw new SetupException("--aws-login-name goes with --aws-principals: give both or neither");
    }
    return principals.map(file -> settings(file, environment));
  }

  private AwsLoginSettings settings(Path file, Map<String, String> environment) {
    try {
      return AwsLoginSettings.parse(
          Files.readString(file), Optional.ofNullable(environment.get(ENDPOINT)), name);
    } catch (IOException e) {
      throw new SetupException("--aws-principals: cannot read " + file + ": " + e.getMessage());
    } catch (IllegalArgumentException e) {
      throw new SetupException("--aws-principals " + file + ": " + e.getMessage());
    }
  }
}
