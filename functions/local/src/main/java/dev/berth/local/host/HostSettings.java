package dev.berth.local.host;

import dev.berth.lambda.replication.AgreedPeer;
import dev.berth.lambda.wiring.DeploymentLimits;
import dev.berth.local.bus.Rule;
import dev.berth.local.host.RootKeys.RootKey;
import dev.berth.registry.login.AwsLoginSettings;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How a local host is to run.
 *
 * @param address the IP address or host name to listen on
 * @param port of the first registry; the others follow it, region by region. 0 for free ports
 * @param regions at least one; one deployment each. In a new data directory the first becomes the
 *     home region, whose table has the identities of all accounts
 * @param accounts which have a port of their own in every region; empty for all that the data
 *     directory has, one in a new one. The others are served by their keys and hosts' names
 * @param awsLogin empty where no principal of AWS may log in
 * @param rootKey the first account's root key, where it is not to be made at random
 * @param auditDays how long the records of calls are kept; 0 for ever
 * @param rules which events go where
 * @param pullEvents whether pulls are told, too
 * @param dailyFeeds whether feeds are fetched every day, which may be hundreds of megabytes
 * @param clock the time at which the registry's clock starts, where it is not the machine's;
 *     signatures, tokens and records keep that one. Garbage is not collected then
 * @param peers deployments of others, none of a region of its own
 */
public record HostSettings(
    String address,
    int port,
    Path data,
    List<String> regions,
    List<String> accounts,
    RegistryHost registryHost,
    Optional<TlsFiles> tls,
    Optional<RootKey> rootKey,
    Stores stores,
    DeploymentLimits limits,
    int auditDays,
    Optional<AwsLoginSettings> awsLogin,
    List<Rule> rules,
    boolean pullEvents,
    boolean dailyFeeds,
    Optional<Instant> clock,
    List<AgreedPeer> peers) {

  public HostSettings {
    regions = List.copyOf(regions);
    accounts = List.copyOf(accounts);
    rules = List.copyOf(rules);
    peers = List.copyOf(peers);
  }

  /**
   * @param certificate PEM: the host's certificate, and what leads to its authority
   * @param key PEM: its private key
   */
  public record TlsFiles(Path certificate, Path key) {}

  /** What keeps items and objects. */
  public record Stores(TableStore table, ObjectStore objects) {}

  /** What keeps items: a file, or DynamoDB as the standard AWS variables name it. */
  public enum TableStore {
    sqlite,
    dynamodb
  }

  /** What keeps objects: files, or S3 as the standard AWS variables name it. */
  public enum ObjectStore {
    files,
    s3
  }
}
