package dev.berth.local.cli;

import dev.berth.local.host.DataDirectory;
import dev.berth.local.host.Endpoint;
import dev.berth.local.host.RootKeys;
import dev.berth.local.host.RootKeys.RootKey;
import dev.berth.local.host.SetupException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./berth env}: what a shell needs to talk to the local host. */
@Command(
    name = "env",
    mixinStandardHelpOptions = true,
    description = {
      "Print export lines that make the AWS CLI, SDKs and Terraform talk to the local registry.",
      "Use: eval \"$(./berth env)\""
    })
final class EnvCommand implements Runnable {

  @Mixin private DataOption data = new DataOption();

  @Option(
      names = "--region",
      paramLabel = "R",
      description = "One of the host's regions (default: its first).")
  private Optional<String> region = Optional.empty();

  @Option(
      names = "--account",
      paramLabel = "A",
      description = "One of the host's accounts (default: its first); also one without a port yet.")
  private Optional<String> account = Optional.empty();

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    Path directory = data.directory();
    RootKeys keys = DataDirectory.readRootKeys(directory);
    Endpoint endpoint = choose(directory, DataDirectory.readEndpoints(directory), keys);
    RootKey key =
        Optional.ofNullable(keys.byAccount().get(endpoint.account()))
            .orElseThrow(
                () ->
                    new SetupException(
                        "no root key of account " + endpoint.account() + " in " + directory));
    print(spec.commandLine().getOut(), endpoint, key);
    if (!endpoint.isServed()) {
      spec.commandLine()
          .getErr()
          .println("berth: nothing answers at " + endpoint.url() + " now: run ./berth up");
    }
  }

  private Endpoint choose(Path directory, List<Endpoint> endpoints, RootKeys keys) {
    if (endpoints.isEmpty()) {
      throw new SetupException(
          "no registry has been started with the data directory " + directory + ": run ./berth up");
    }
    List<Endpoint> ofRegion =
        endpoints.stream()
            .filter(endpoint -> region.isEmpty() || region.get().equals(endpoint.region()))
            .toList();
    return ofRegion.stream()
        .filter(endpoint -> account.isEmpty() || account.get().equals(endpoint.account()))
        .findFirst()
        .or(() -> withoutPort(ofRegion, keys))
        .orElseThrow(() -> new SetupException("the host serves only " + names(endpoints)));
  }

  /** An account that was added since the host's start is served at the others' ports. */
  private Optional<Endpoint> withoutPort(List<Endpoint> ofRegion, RootKeys keys) {
    return account
        .filter(keys.byAccount()::containsKey)
        .flatMap(added -> ofRegion.stream().findFirst().map(endpoint -> endpoint.of(added)));
  }

  private static String names(List<Endpoint> endpoints) {
    return endpoints.stream()
        .map(endpoint -> endpoint.region() + " of account " + endpoint.account())
        .collect(Collectors.joining(", "));
  }

  private static void print(PrintWriter out, Endpoint endpoint, RootKey key) {
    export(out, "AWS_ACCESS_KEY_ID", key.accessKeyId());
    export(out, "AWS_SECRET_ACCESS_KEY", key.secretAccessKey());
    export(out, "AWS_REGION", endpoint.region());
    export(out, "AWS_DEFAULT_REGION", endpoint.region());
    export(out, "AWS_ENDPOINT_URL_ECR", endpoint.url());
    export(out, "AWS_ENDPOINT_URL_IAM", endpoint.url());
    export(out, "AWS_ENDPOINT_URL_STS", endpoint.url());
    export(out, "BERTH_REGISTRY", endpoint.registryHost());
    out.println("unset AWS_SESSION_TOKEN AWS_PROFILE");
    out.flush();
  }

  private static void export(PrintWriter out, String name, String value) {
    out.println("export " + name + "=" + Shell.quoted(value));
  }
}
