package dev.berth.local.host;

import dev.berth.lambda.wiring.DeploymentLimits;
import dev.berth.local.bus.Rule;
import dev.berth.local.host.HostSettings.ObjectStore;
import dev.berth.local.host.HostSettings.Stores;
import dev.berth.local.host.HostSettings.TableStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Hosts in this process, at free ports of loopback. */
public final class TestHosts {

  public static final String ACCOUNT = "123456789012";

  private TestHosts() {}

  public static LocalHost start(Path data, String... regions) {
    return LocalHost.start(settings(data, 0, regions));
  }

  public static LocalHost start(Path data, List<Rule> rules) {
    return LocalHost.start(settings(data, 0, List.of(ACCOUNT), rules, false));
  }

  /** One that tells of pulls, too. */
  static LocalHost tellingPulls(Path data, List<Rule> rules) {
    return LocalHost.start(settings(data, 0, List.of(ACCOUNT), rules, true));
  }

  static HostSettings settings(Path data, int port, String... regions) {
    return settings(data, port, List.of(ACCOUNT), regions);
  }

  static HostSettings settings(Path data, int port, List<String> accounts, String... regions) {
    return settings(data, port, accounts, List.of(), false, regions);
  }

  static HostSettings settings(
      Path data, int port, List<String> accounts, List<Rule> rules, String... regions) {
    return settings(data, port, accounts, rules, false, regions);
  }

  private static HostSettings settings(
      Path data,
      int port,
      List<String> accounts,
      List<Rule> rules,
      boolean pullEvents,
      String... regions) {
    return new HostSettings(
        "127.0.0.1",
        port,
        data,
        regions.length == 0 ? List.of("us-east-1") : List.of(regions),
        accounts,
        RegistryHost.DEFAULT,
        Optional.empty(),
        Optional.empty(),
        new Stores(TableStore.sqlite, ObjectStore.files),
        DeploymentLimits.standard(),
        90,
        Optional.empty(),
        rules,
        pullEvents,
        false,
        Optional.empty(),
        List.of());
  }
}
