package dev.berth.local.cli;

import dev.berth.core.quota.Quotas;
import dev.berth.core.throttle.Rate;
import dev.berth.core.throttle.RateLimits;
import dev.berth.lambda.replication.AgreedPeer;
import dev.berth.lambda.wiring.DeploymentLimits;
import dev.berth.local.bus.Rule;
import dev.berth.local.bus.RulesException;
import dev.berth.local.bus.RulesFile;
import dev.berth.local.host.DataDirectory;
import dev.berth.local.host.Endpoint;
import dev.berth.local.host.HostSettings;
import dev.berth.local.host.HostSettings.ObjectStore;
import dev.berth.local.host.HostSettings.Stores;
import dev.berth.local.host.HostSettings.TableStore;
import dev.berth.local.host.HostSettings.TlsFiles;
import dev.berth.local.host.LocalHost;
import dev.berth.local.host.PeerFiles;
import dev.berth.local.host.RegistryHost;
import dev.berth.local.host.RootKeys.RootKey;
import dev.berth.local.host.SetupException;
import dev.berth.registry.upload.PartSizes;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./berth up}: runs the local host until it is interrupted. */
@Command(
    name = "up",
    mixinStandardHelpOptions = true,
    description = "Serve a registry on this machine until Ctrl-C.")
final class UpCommand implements Runnable {

  static final Pattern REGION = Pattern.compile("[a-z]{2,}(-[a-z]+)+-[0-9]{1,2}");
  static final Pattern ACCOUNT = Pattern.compile("[0-9]{12}");
  private static final Instant LATEST = Instant.parse("3000-01-01T00:00:00Z");
  private static final Pattern ACCESS_KEY_ID = Pattern.compile("[A-Za-z0-9_]{16,128}");
  private static final Pattern SECRET = Pattern.compile("[!-~]{1,128}");

  @Option(
      names = "--port",
      showDefaultValue = Visibility.ALWAYS,
      paramLabel = "PORT",
      description = "Port of the first registry; each further region and account has the next one.")
  private int port = 4510;

  @Option(
      names = "--host",
      showDefaultValue = Visibility.ALWAYS,
      paramLabel = "ADDRESS",
      description = "Address to listen on.")
  private String host = "127.0.0.1";

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Where everything is kept (default: $BERTH_DATA, else ~/.berth).")
  private Optional<Path> data = Optional.empty();

  @Option(
      names = {"--regions", "--region"},
      showDefaultValue = Visibility.ALWAYS,
      paramLabel = "REGION",
      split = ",",
      description = {
        "Regions to serve, separated by commas. The first of the first start keeps the identities"
            + " (IAM) of all, as long as it is served."
      })
  private List<String> regions = List.of("us-east-1");

  @Option(
      names = {"--account", "--accounts"},
      paramLabel = "ACCOUNT",
      split = ",",
      description = {
        "Account ids (12 digits) to have a port of their own, separated by commas; added where they"
            + " are new (default: all accounts of the data directory, 123456789012 in a new one)."
      })
  private List<String> accounts = List.of();

  @Option(
      names = "--registry-host",
      showDefaultValue = Visibility.ALWAYS,
      paramLabel = "TEMPLATE",
      description =
          "Host that repository URIs are made of; {account}, {region} and {port} stand for the"
              + " registry's own.")
  private String registryHost = RegistryHost.DEFAULT.template();

  @Option(
      names = "--tls-cert",
      paramLabel = "PEM",
      description = "Serve HTTPS with this certificate chain.")
  private Optional<Path> tlsCertificate = Optional.empty();

  @Option(names = "--tls-key", paramLabel = "PEM", description = "The certificate's private key.")
  private Optional<Path> tlsKey = Optional.empty();

  @Option(
      names = "--insecure",
      description = "Allow plain HTTP on an address that other machines reach.")
  private boolean insecure;

  @Option(
      names = "--table",
      showDefaultValue = Visibility.ALWAYS,
      description =
          "What keeps items: ${COMPLETION-CANDIDATES}. dynamodb uses the table BERTH_TABLE (default"
              + " berth-<region>) where the standard AWS variables point, and makes it if absent.")
  private TableStore table = TableStore.sqlite;

  @Option(
      names = "--objects",
      showDefaultValue = Visibility.ALWAYS,
      description =
          "What keeps layers: ${COMPLETION-CANDIDATES}. s3 uses the bucket BERTH_BUCKET (default"
              + " berth-<region>) where the standard AWS variables point, and makes it if absent."
              + " Clients are sent to it by signed links, so they have to reach it too.")
  private ObjectStore objects = ObjectStore.files;

  @Option(
      names = "--quota",
      paramLabel = "NAME=VALUE",
      description =
          "Another value for a quota, which may be repeated: repositories, images-per-repository,"
              + " tags-per-image, layer-parts or layer-mib.")
  private Map<String, Long> quotas = Map.of();

  @Option(
      names = "--rate-limit",
      paramLabel = "ACTION=RATE",
      description =
          "How often an account may call an action, which may be repeated: PutImage=50 for"
              + " 50 a second, PutImage=50/200 to allow 200 at once; * is for all actions.")
  private Map<String, String> rates = Map.of();

  @Option(
      names = "--audit-days",
      showDefaultValue = Visibility.ALWAYS,
      paramLabel = "N",
      description = "How many days the records of calls are kept; 0 for ever.")
  private int auditDays = 90;

  @Option(
      names = "--rules",
      paramLabel = "FILE",
      description = "JSON rules that say which events go to which URL, command or function.")
  private Optional<Path> rules = Optional.empty();

  @Option(
      names = "--peers",
      paramLabel = "FILE",
      description = "JSON agreements with other hosts and deployments to replicate with.")
  private Optional<Path> peers = Optional.empty();

  @Option(
      names = "--clock",
      paramLabel = "INSTANT",
      description =
          "Start the registry's clock at this time, such as 2026-01-31T12:00:00Z, to try lifecycle"
              + " policies: it runs on from there, while signatures, tokens and records of calls"
              + " keep the machine's. Garbage is not collected then, not by ./berth gc either.")
  private Optional<String> clock = Optional.empty();

  @Option(
      names = "--pull-events",
      description = "Tell of pulls, too, by events of Berth's own; each costs a write.")
  private boolean pullEvents;

  @Option(
      names = "--feeds",
      paramLabel = "WHEN",
      description =
          "When feeds of vulnerabilities are fetched: ${COMPLETION-CANDIDATES}. daily is at 1"
              + " o'clock UTC, and the first time hundreds of megabytes; ./berth feeds update"
              + " fetches them at any time.")
  private Feeds feeds = Feeds.off;

  /** When feeds are fetched. */
  private enum Feeds {
    off,
    daily
  }

  @Mixin private AwsLoginOptions awsLogin = new AwsLoginOptions();

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    LocalHost running = LocalHost.start(understood());
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(running)));
    announce(spec.commandLine().getOut(), running);
    try {
      Thread.currentThread().join();
    } catch (InterruptedException e) {
      running.close();
    }
  }

  /** An asked-for stop is no failure, but the signal that asked would be the exit status. */
  private static void stop(LocalHost running) {
    running.close();
    Runtime.getRuntime().halt(0);
  }

  /** Whatever is wrong with the options is a mistake of usage. */
  private HostSettings understood() {
    try {
      return settings(System.getenv());
    } catch (SetupException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  HostSettings settings(Map<String, String> environment) {
    require(port >= 0 && port <= 65535, "--port must be from 0 to 65535, not " + port);
    require(!regions.isEmpty(), "--regions needs a region such as us-east-1");
    requireEach(regions, REGION, "--regions", "a region such as us-east-1");
    requireEach(accounts, ACCOUNT, "--account", "an account id of 12 digits");
    require(auditDays >= 0, "--audit-days must be 0 or more, not " + auditDays);
    require(
        tlsCertificate.isPresent() == tlsKey.isPresent(),
        "--tls-cert and --tls-key go together: give both or neither");
    require(
        tlsCertificate.isPresent() || insecure || isLoopback(host),
        host
            + " is not a loopback address: other machines could read tokens and layers on their"
            + " way. Give --tls-cert and --tls-key, or --insecure if that is what you want");
    return new HostSettings(
        host,
        port,
        data.orElseGet(() -> DataDirectory.byDefault(environment)).toAbsolutePath(),
        regions,
        accounts,
        template(registryHost),
        tlsCertificate.map(certificate -> new TlsFiles(certificate, tlsKey.orElseThrow())),
        presetRootKey(environment),
        new Stores(table, objects),
        new DeploymentLimits(PartSizes.defaults(), quotas(quotas), rates(rates)),
        auditDays,
        awsLogin.settings(environment),
        rules.map(this::rules).orElse(List.of()),
        pullEvents,
        feeds == Feeds.daily,
        clock.map(UpCommand::instant),
        peers.map(this::peers).orElse(List.of()));
  }

  private List<AgreedPeer> peers(Path file) {
    List<AgreedPeer> agreed = PeerFiles.read(file);
    for (AgreedPeer peer : agreed) {
      String region = peer.agreement().region();
      require(
          !regions.contains(region),
          "--peers: %s: region: %s is one of this host's own (--regions)".formatted(file, region));
    }
    return agreed;
  }

  private List<Rule> rules(Path file) {
    try {
      return RulesFile.read(file);
    } catch (RulesException e) {
      throw new ParameterException(spec.commandLine(), "--rules: " + e.getMessage());
    }
  }

  private static Instant instant(String text) {
    try {
      Instant instant = Instant.parse(text);
      require(
          !instant.isBefore(Instant.EPOCH) && instant.isBefore(LATEST),
          "--clock must be from 1970 to 2999, not " + text);
      return instant;
    } catch (DateTimeParseException e) {
      throw new SetupException(
          "--clock: '" + text + "' is not a time such as 2026-01-31T12:00:00Z");
    }
  }

  private static boolean isLoopback(String host) {
    try {
      return Stream.of(InetAddress.getAllByName(host)).allMatch(InetAddress::isLoopbackAddress);
    } catch (UnknownHostException e) {
      throw new SetupException("--host: '" + host + "' is no address and no name that resolves");
    }
  }

  private static RegistryHost template(String text) {
    try {
      return new RegistryHost(text);
    } catch (IllegalArgumentException e) {
      throw new SetupException("--registry-host: " + e.getMessage());
    }
  }

  private static Quotas quotas(Map<String, Long> values) {
    try {
      return Quotas.of(values);
    } catch (IllegalArgumentException e) {
      throw new SetupException("--quota: " + e.getMessage());
    }
  }

  private static RateLimits rates(Map<String, String> values) {
    try {
      Map<String, Rate> rates = new HashMap<>();
      values.forEach((action, rate) -> rates.put(action, Rate.parse(rate)));
      return RateLimits.defaults().with(rates);
    } catch (IllegalArgumentException e) {
      throw new SetupException("--rate-limit: " + e.getMessage());
    }
  }

  private static Optional<RootKey> presetRootKey(Map<String, String> environment) {
    Optional<String> id = Optional.ofNullable(environment.get("BERTH_ROOT_ACCESS_KEY_ID"));
    Optional<String> secret = Optional.ofNullable(environment.get("BERTH_ROOT_SECRET_ACCESS_KEY"));
    require(
        id.isPresent() == secret.isPresent(),
        "BERTH_ROOT_ACCESS_KEY_ID and BERTH_ROOT_SECRET_ACCESS_KEY go together: set both or"
            + " neither");
    id.ifPresent(
        value ->
            require(
                ACCESS_KEY_ID.matcher(value).matches(),
                "BERTH_ROOT_ACCESS_KEY_ID must be 16 to 128 letters, digits and _"));
    secret.ifPresent(
        value ->
            require(
                SECRET.matcher(value).matches(),
                "BERTH_ROOT_SECRET_ACCESS_KEY must be 1 to 128 printable characters without"
                    + " spaces"));
    return id.map(value -> new RootKey(value, secret.orElseThrow()));
  }

  private static void requireEach(List<String> values, Pattern rule, String option, String what) {
    for (String value : values) {
      require(rule.matcher(value).matches(), option + ": '" + value + "' is not " + what);
    }
    require(
        values.stream().distinct().count() == values.size(),
        option + " names one twice: " + String.join(",", values));
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new SetupException(message);
    }
  }

  private void announce(PrintWriter out, LocalHost running) {
    List<Endpoint> endpoints = running.endpoints();
    out.println("ready " + endpoints.getFirst().url());
    endpoints.stream()
        .skip(1)
        .forEach(
            endpoint ->
                out.printf(
                    "      %s (%s, account %s)%n",
                    endpoint.url(), endpoint.region(), endpoint.account()));
    running
        .accountsWithoutPort()
        .forEach(account -> out.printf("      account %s has no port of its own%n", account));
    clock.ifPresent(
        time ->
            out.println("the registry's clock starts at " + time + "; garbage is not collected"));
    String dataOption =
        data.map(directory -> " --data " + Shell.quoted(directory.toString())).orElse("");
    out.println("log in:");
    out.println("  eval \"$(./berth env" + dataOption + ")\"");
    out.println(
        "  aws ecr get-login-password | docker login --username AWS --password-stdin"
            + " $BERTH_REGISTRY");
    out.flush();
  }
}
