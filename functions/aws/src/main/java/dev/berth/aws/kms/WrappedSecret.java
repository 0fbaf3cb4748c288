package dev.berth.aws.kms;

import dev.berth.core.secret.DeploymentSecret;
import dev.berth.registry.store.Action;
import dev.berth.registry.store.Condition;
import dev.berth.registry.store.Item;
import dev.berth.registry.store.Keys;
import dev.berth.registry.store.StoreException;
import dev.berth.registry.store.Table;
import dev.berth.registry.store.Table.Consistency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.kms.KmsClient;

/**
 * The secret of a deployment whose table anybody may read who has not the right to use a key of
 * KMS: it is kept in the home region's table, wrapped by that key.
 */
public final class WrappedSecret {

  /** What KMS asks for again when it unwraps, and shows in CloudTrail. */
  private static final Map<String, String> CONTEXT = Map.of("berth", "deployment-secret");

  private static final String KEY_ID = "1";
  private static final int BYTES = 32;
  private static final String WRAPPED = "wrapped";

  private final KmsClient kms;
  private final String key;
  private final Table home;

  /**
   * @param key that wraps a new secret: an id, an ARN, or an alias
   */
  public WrappedSecret(KmsClient kms, String key, Table home) {
    this.kms = kms;
    this.key = key;
    this.home = home;
  }

  /**
   * The deployment's secret, which is made on the first call of all.
   *
   * @throws StoreException if KMS does not unwrap it
   */
  public DeploymentSecret load() {
    try {
      Item item = kept().or(this::made).orElseThrow();
      return new DeploymentSecret(List.of(new DeploymentSecret.Key(KEY_ID, unwrapped(item))));
    } catch (SdkException e) {
      throw new StoreException(
          "cannot use the KMS key %s for the deployment's secret: %s"
              .formatted(key, e.getMessage()),
          e);
    }
  }

  private Optional<Item> kept() {
    return home.get(Keys.deploymentSecret(), Consistency.STRONG);
  }

  /** Of two who make one at once the first prevails. */
  private Optional<Item> made() {
    byte[] wrapped =
        kms.generateDataKeyWithoutPlaintext(
                request -> request.keyId(key).numberOfBytes(BYTES).encryptionContext(CONTEXT))
            .ciphertextBlob()
            .asByteArray();
    home.transact(
        Action.put(
            Item.at(Keys.deploymentSecret())
                .number(Keys.FORMAT_ATTRIBUTE, Keys.FORMAT)
                .binary(WRAPPED, wrapped)
                .build(),
            Condition.absent()));
    return kept();
  }

  private byte[] unwrapped(Item item) {
    return kms.decrypt(
            request ->
                request
                    .ciphertextBlob(SdkBytes.fromByteArray(item.binary(WRAPPED)))
                    .encryptionContext(CONTEXT))
        .plaintext()
        .asByteArray();
  }
}
