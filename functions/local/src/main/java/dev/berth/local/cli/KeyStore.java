package dev.berth.local.cli;

import dev.berth.local.host.DataDirectory;
import dev.berth.local.host.Endpoint;
import dev.berth.local.host.SetupException;
import dev.berth.local.kms.LocalKey;
import dev.berth.local.kms.LocalKeys;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that say whose keys a command is about. */
final class KeyStore {

  @Mixin private DataOption data = new DataOption();

  @Option(
      names = "--region",
      paramLabel = "R",
      description = "The keys' region (default: the host's first, us-east-1 before there is one).")
  private Optional<String> region = Optional.empty();

  @Option(
      names = "--account",
      paramLabel = "A",
      description = "The keys' account (default: the host's first, 123456789012 likewise).")
  private Optional<String> account = Optional.empty();

  /**
   * @throws SetupException if an option is not what it should be
   */
  LocalKeys keys() {
    Path directory = data.directory();
    String ofRegion =
        checked("--region", UpCommand.REGION, region, directory, Endpoint::region, "us-east-1");
    String ofAccount =
        checked(
            "--account",
            UpCommand.ACCOUNT,
            account,
            directory,
            Endpoint::account,
            DataDirectory.FIRST_ACCOUNT);
    return new LocalKeys(DataDirectory.keys(directory, ofRegion), ofRegion, ofAccount);
  }

  private static String checked(
      String option,
      Pattern rule,
      Optional<String> given,
      Path directory,
      Function<Endpoint, String> ofEndpoint,
      String byDefault) {
    String value =
        given.orElseGet(
            () ->
                DataDirectory.readEndpoints(directory).stream()
                    .findFirst()
                    .map(ofEndpoint)
                    .orElse(byDefault));
    if (!rule.matcher(value).matches()) {
      throw new SetupException("%s: '%s' is not one".formatted(option, value));
    }
    return value;
  }

  /**
   * @param key its id or ARN, or an alias or its ARN
   * @throws SetupException if there is none
   */
  LocalKey required(String key) {
    LocalKeys keys = keys();
    return keys.find(key)
        .orElseThrow(
            () ->
                new SetupException(
                    "there is no key %s in %s (./berth kms list-keys shows those that there are)"
                        .formatted(key, keys)));
  }
}
