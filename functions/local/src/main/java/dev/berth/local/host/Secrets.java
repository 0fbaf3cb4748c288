package dev.berth.local.host;

import dev.berth.aws.AwsRegion;
import dev.berth.core.secret.DeploymentSecret;
import dev.berth.local.host.HostSettings.Stores;
import dev.berth.local.host.HostSettings.TableStore;
import dev.berth.registry.store.StoreException;
import java.util.Optional;

/** Where the deployment's secret is: a file, or with the items where a key of KMS can wrap it. */
final class Secrets {

  private static final String KEY = "BERTH_SECRET_KEY";

  private Secrets() {}

  /**
   * @param home the home region
   * @throws SetupException if the secret cannot be had
   */
  static DeploymentSecret open(DataDirectory data, Stores stores, String home) {
    Optional<String> key = Optional.ofNullable(System.getenv(KEY));
    return stores.table() == TableStore.dynamodb && key.isPresent()
        ? unwrapped(key.get(), home)
        : data.secret();
  }

  private static DeploymentSecret unwrapped(String key, String home) {
    try (var aws = new AwsRegion(home)) {
      return aws.secret(key, aws.table(RegionStores.tableName(home)));
    } catch (StoreException e) {
      throw new SetupException(KEY + ": " + e.getMessage());
    }
  }
}
