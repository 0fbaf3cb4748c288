package dev.berth.local.host;

import dev.berth.core.secret.DeploymentSecret;
import dev.berth.core.secret.DeploymentSecret.Purpose;
import dev.berth.core.trigger.BerthFunction;
import dev.berth.lambda.audit.LineAuditLog;
import dev.berth.lambda.feed.DailyFeeds;
import dev.berth.lambda.http.RegistryAddress;
import dev.berth.lambda.wiring.Clocks;
import dev.berth.lambda.wiring.DeploymentSettings;
import dev.berth.local.bus.LocalBus;
import dev.berth.local.http.BlobSource;
import dev.berth.local.http.Settings;
import dev.berth.local.http.Settings.Limits;
import dev.berth.local.http.Settings.Listener;
import dev.berth.local.http.Settings.Tls;
import dev.berth.local.http.StreamingServer;
import dev.berth.registry.identity.Identities;
import dev.berth.registry.scan.update.FeedUpdates;
import dev.berth.registry.store.StoreException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/** All deployments of this machine behind one server: a listener for each region and account. */
public final class LocalHost implements AutoCloseable {

  /**
   * What does not run by itself where the clock was set: a jump ahead would pass for nights that
   * were missed, and images would go before anybody has looked.
   */
  private static final Set<BerthFunction> BY_THE_TRUE_TIME =
      Set.of(BerthFunction.COLLECTION, BerthFunction.LIFECYCLE);

  private static final int HIGHEST_PORT = 65_535;

  private final DataDirectory data;
  private final LocalBus bus;
  private final LocalPeers peers;
  private final Map<String, LocalDeployment> deployments;
  private final StreamingServer server;
  private final List<AutoCloseable> beside;
  private final LineAuditLog audit;
  private final List<Endpoint> endpoints;

  private LocalHost(
      DataDirectory data,
      LocalBus bus,
      LocalPeers peers,
      Map<String, LocalDeployment> deployments,
      StreamingServer server,
      List<AutoCloseable> beside,
      LineAuditLog audit,
      List<Endpoint> endpoints) {
    this.data = data;
    this.bus = bus;
    this.peers = peers;
    this.deployments = deployments;
    this.server = server;
    this.beside = beside;
    this.audit = audit;
    this.endpoints = endpoints;
  }

  /**
   * Starts listening; returns when requests are answered.
   *
   * @throws SetupException if something that the user can mend is in the way
   */
  public static LocalHost start(HostSettings settings) {
    return start(settings, System::nanoTime);
  }

  /**
   * @param nanoTime by which it is time to look for new accounts
   */
  static LocalHost start(HostSettings settings, LongSupplier nanoTime) {
    DataDirectory data = DataDirectory.open(settings.data());
    var opened = new ArrayList<AutoCloseable>(List.of(data));
    try {
      return start(settings, nanoTime, data, opened);
    } catch (RuntimeException e) {
      Closing.all(opened.reversed());
      throw e;
    }
  }

  private static LocalHost start(
      HostSettings settings,
      LongSupplier nanoTime,
      DataDirectory data,
      List<AutoCloseable> opened) {
    var wall = Clock.systemUTC();
    var clocks = new Clocks(wall, RegistryClock.startingAt(settings.clock(), wall));
    String home = data.home(settings.regions());
    DeploymentSecret secret = Secrets.open(data, settings.stores(), home);
    List<RegistryAddress> registries =
        registries(settings, data.accounts(settings.accounts(), settings.rootKey()));
    CurrentRootKeys rootKeys = data.currentRootKeys(nanoTime);
    LineAuditLog audit = data.openAudit(settings.auditDays(), Clock.systemUTC());
    opened.add(audit);
    var directory = new EndpointDirectory();
    LocalBus bus = bus(data, settings);
    opened.add(bus);
    settings.tls().ifPresent(CertificateFiles::check);
    var agreements =
        new Agreements(
            secret.key(Purpose.REPLICATION_PEER),
            settings.regions(),
            rootKeys::haveAccount,
            settings.peers());
    var peers = new LocalPeers(directory, HostTrust.of(settings.tls()), settings.peers());
    opened.add(peers);
    var feeds = new RegionFeeds();
    FeedUpdates daily = daily(settings, feeds);
    Map<String, LocalDeployment> deployments = new LinkedHashMap<>();
    Optional<Identities> identities = Optional.empty();
    for (String region : homeFirst(home, settings.regions())) {
      var deployment =
          LocalDeployment.open(
              region,
              data.region(region),
              identities,
              settings.stores(),
              secret,
              rootKeys,
              directory,
              settings.limits(),
              settings.awsLogin(),
              settings.pullEvents(),
              audit,
              agreements.of(region),
              peers,
              daily,
              bus,
              clocks);
      opened.add(deployment);
      bus.addFunctions(region, DeploymentSettings.ECR_EVENTS, deployment.functions());
      deployments.put(region, deployment);
      feeds.add(region, deployment.generations());
      identities = identities.or(() -> Optional.of(deployment.identities()));
    }
    identities.orElseThrow().renew(data.allAccounts());
    var router = new HostRouter(deployments, home, new MetricsPage(deployments.values(), audit));
    var server = server(settings, registries, router);
    opened.add(server);
    List<Endpoint> endpoints = endpoints(settings, registries, bind(server));
    directory.complete(endpoints);
    data.writeEndpoints(endpoints);
    bus.start();
    deployments.values().forEach(LocalDeployment::start);
    List<AutoCloseable> beside =
        List.of(
            ControlSocket.open(
                DataDirectory.control(settings.data()),
                Map.of(
                    CollectCommand.NAME, collect(settings, deployments.values()),
                    FeedsCommand.NAME, new FeedsCommand(feeds),
                    LifecycleCommand.NAME, new LifecycleCommand(deployments.values()),
                    RedriveCommand.NAME, new RedriveCommand(bus, deployments.values()))),
            new Scheduling(scheduled(settings, deployments.values())));
    return new LocalHost(data, bus, peers, deployments, server, beside, audit, endpoints);
  }

  /** Objects have the file system's time: with another one, garbage cannot be told. */
  private static ControlCommand collect(
      HostSettings settings, Collection<LocalDeployment> deployments) {
    return settings.clock().isPresent() ? CollectCommand::refuse : new CollectCommand(deployments);
  }

  /** Of all regions at once: to ask for feeds once more for each of them costs little. */
  private static FeedUpdates daily(HostSettings settings, RegionFeeds feeds) {
    return settings.dailyFeeds()
        ? () -> feeds.run(FeedsQuestion.ALL, DailyFeeds::log)
        : FeedUpdates.OFF;
  }

  private static List<ScheduledFunction> scheduled(
      HostSettings settings, Collection<LocalDeployment> deployments) {
    return byThemselves(
        settings.clock(),
        deployments.stream().flatMap(deployment -> deployment.scheduled().stream()).toList());
  }

  /**
   * What schedules start.
   *
   * @param set what the clock was set to
   */
  static List<ScheduledFunction> byThemselves(
      Optional<Instant> set, List<ScheduledFunction> functions) {
    return functions.stream()
        .filter(one -> set.isEmpty() || !BY_THE_TRUE_TIME.contains(one.rule().function()))
        .toList();
  }

  private static LocalBus bus(DataDirectory data, HostSettings settings) {
    try {
      return LocalBus.open(data.path(), settings.rules());
    } catch (StoreException e) {
      throw new SetupException("the events that wait for targets: " + e.getMessage());
    }
  }

  private static List<String> homeFirst(String home, List<String> regions) {
    return Stream.concat(Stream.of(home), regions.stream()).distinct().toList();
  }

  private static StreamingServer server(
      HostSettings settings, List<RegistryAddress> registries, HostRouter router) {
    List<Listener> listeners = new ArrayList<>();
    for (int i = 0; i < registries.size(); i++) {
      listeners.add(new Listener(settings.address(), port(settings, i), registries.get(i)));
    }
    var tls = settings.tls().map(files -> new Tls(files.certificate(), files.key()));
    try {
      return new StreamingServer(
          new Settings(listeners, tls, Limits.defaults()),
          router,
          new BlobSource.Files(router::read));
    } catch (IllegalArgumentException e) {
      throw new SetupException(e.getMessage());
    }
  }

  private static int port(HostSettings settings, int index) {
    int port = settings.port() == 0 ? 0 : settings.port() + index;
    if (port > HIGHEST_PORT) {
      throw new SetupException(
          "--port %d: the last of the registries would need port %d"
              .formatted(settings.port(), port));
    }
    return port;
  }

  private static List<InetSocketAddress> bind(StreamingServer server) {
    try {
      return server.bind();
    } catch (BindException e) {
      // epoll names the system call and its error's number before what it means
      String message = e.getMessage().replaceFirst("bind\\(\\.\\.\\) failed[^:]*: ", "");
      throw new SetupException(message + " (--host and --port say where to listen)");
    }
  }

  /** Region by region, each with all accounts: the order in which ports are given. */
  private static List<RegistryAddress> registries(HostSettings settings, List<String> accounts) {
    return settings.regions().stream()
        .flatMap(region -> accounts.stream().map(account -> new RegistryAddress(account, region)))
        .toList();
  }

  private static List<Endpoint> endpoints(
      HostSettings settings, List<RegistryAddress> registries, List<InetSocketAddress> addresses) {
    List<Endpoint> endpoints = new ArrayList<>();
    for (int i = 0; i < registries.size(); i++) {
      RegistryAddress registry = registries.get(i);
      int port = addresses.get(i).getPort();
      endpoints.add(
          new Endpoint(
              registry.region(),
              registry.account(),
              (settings.tls().isPresent() ? "https://" : "http://")
                  + name(settings.address())
                  + ":"
                  + port,
              settings.registryHost().of(registry.account(), registry.region(), port)));
    }
    return endpoints;
  }

  /** Docker trusts plain HTTP on localhost by name; an address to all interfaces has no name. */
  private static String name(String address) {
    return switch (address) {
      case "127.0.0.1", "0.0.0.0", "::", "::1" -> "localhost";
      default -> address.contains(":") ? "[" + address + "]" : address;
    };
  }

  /** Where each registry is served, the first region's first account first. */
  public List<Endpoint> endpoints() {
    return endpoints;
  }

  /** Those that are served at the others' ports alone: see {@link Endpoint#of}. */
  public List<String> accountsWithoutPort() {
    return data.allAccounts().stream()
        .filter(account -> endpoints.stream().noneMatch(e -> e.account().equals(account)))
        .toList();
  }

  /** Lets requests under way end, and leaves the data directory to others. */
  @Override
  public void close() {
    // its functions first, as they ask the server; nothing commits when the deployments look last
    List<AutoCloseable> all = new ArrayList<>();
    all.add(bus::stop);
    all.add(server);
    all.addAll(beside);
    deployments.values().forEach(deployment -> all.add(deployment::stop));
    all.add(bus);
    all.add(peers);
    all.addAll(deployments.values());
    all.add(audit);
    all.add(data);
    Closing.all(all);
  }
}
