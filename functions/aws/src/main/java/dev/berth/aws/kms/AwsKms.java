package dev.berth.aws.kms;

import dev.berth.registry.RegistryException.KmsFailed;
import dev.berth.registry.encryption.EncryptionKeys;
import dev.berth.registry.encryption.KeyArn;
import dev.berth.registry.store.ObjectEncryption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.CreateGrantRequest;
import software.amazon.awssdk.services.kms.model.GrantConstraints;
import software.amazon.awssdk.services.kms.model.GrantListEntry;
import software.amazon.awssdk.services.kms.model.GrantOperation;
import software.amazon.awssdk.services.kms.model.KeyMetadata;
import software.amazon.awssdk.services.kms.model.KeySpec;
import software.amazon.awssdk.services.kms.model.KeyState;
import software.amazon.awssdk.services.kms.model.KeyUsageType;

/**
 * KMS in one region. S3 generates and decrypts the data keys in the deployment's name, so the
 * grants are to the role that the deployment runs as.
 */
public final class AwsKms implements EncryptionKeys {

  private final KmsClient kms;
  private final Settings settings;
  private final DefaultKey defaultKey;
  private final KnownKeys known;

  /**
   * How a deployment uses KMS.
   *
   * @param region by its code: keys of others are refused
   * @param role the ARN of the principal that grants are made to, and that retires them; the
   *     account of the key where it is empty
   * @param defaultAlias stands for alias/aws/ecr, which AWS lets nobody but ECR itself use
   */
  public record Settings(String region, Optional<String> role, String defaultAlias) {}

  public AwsKms(KmsClient kms, Settings settings, Clock clock) {
    this.kms = kms;
    this.settings = settings;
    this.defaultKey = new DefaultKey(kms, settings.defaultAlias());
    this.known = new KnownKeys(key -> enabled(key.toString()), clock);
  }

  @Override
  public KeyArn describe(String account, String key) {
    return key.equals(DefaultKey.OF_ECR) ? defaultKey(account) : enabled(key);
  }

  @Override
  public KeyArn defaultKey(String account) {
    return KmsFailure.translated(
        "find the default key", () -> inRegion(requireEnabled(defaultKey.describe())));
  }

  private KeyArn enabled(String key) {
    return KmsFailure.translated(
        "describe key " + key,
        () -> inRegion(requireEnabled(kms.describeKey(r -> r.keyId(key)).keyMetadata())));
  }

  private static KeyMetadata requireEnabled(KeyMetadata key) {
    if (key.keyState() == KeyState.DISABLED) {
      throw KmsFailed.disabled(key.arn());
    }
    if (key.keyState() != KeyState.ENABLED) {
      String state = key.keyStateAsString();
      throw new KmsFailed(
          "KMSInvalidStateException", "%s is %s.".formatted(key.arn(), words(state)));
    }
    if (key.keyUsage() != KeyUsageType.ENCRYPT_DECRYPT
        || key.keySpec() != KeySpec.SYMMETRIC_DEFAULT) {
      throw new KmsFailed(
          "InvalidKeyUsageException",
          "%s is not a symmetric key for encryption.".formatted(key.arn()));
    }
    return key;
  }

  /** PendingDeletion as KMS's messages have it: pending deletion. */
  private static String words(String state) {
    return state.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
  }

  private KeyArn inRegion(KeyMetadata key) {
    return KeyArn.parse(key.arn())
        .filter(arn -> arn.region().equals(settings.region()))
        .orElseThrow(
            () ->
                new KmsFailed(
                    "NotFoundException",
                    "%s is not a key in %s.".formatted(key.arn(), settings.region())));
  }

  @Override
  public void requireUsable(KeyArn key) {
    known.require(key);
  }

  @Override
  public List<Grant> grant(KeyArn key, String repositoryId, String repositoryArn) {
    var ofRepository =
        GrantConstraints.builder()
            .encryptionContextSubset(Map.of(ObjectEncryption.Kms.CONTEXT, repositoryArn))
            .build();
    return List.of(
        grant(
            begun(key, repositoryId, "encrypt")
                .operations(GrantOperation.GENERATE_DATA_KEY, GrantOperation.DESCRIBE_KEY)
                .constraints(ofRepository)
                .build(),
            Optional.of(repositoryArn)),
        grant(
            begun(key, repositoryId, "decrypt").operations(GrantOperation.DECRYPT).build(),
            Optional.empty()));
  }

  private Grant grant(CreateGrantRequest asked, Optional<String> repositoryArn) {
    String id =
        KmsFailure.translated(
            "grant the use of " + asked.keyId(), () -> kms.createGrant(asked).grantId());
    return new Grant(id, asked.granteePrincipal(), asked.operationsAsStrings(), repositoryArn);
  }

  private CreateGrantRequest.Builder begun(KeyArn key, String repositoryId, String purpose) {
    String principal =
        settings
            .role()
            .orElseGet(() -> "arn:%s:iam::%s:root".formatted(key.partition(), key.account()));
    return CreateGrantRequest.builder()
        .keyId(key.toString())
        .name(EncryptionKeys.grantName(repositoryId) + purpose)
        .granteePrincipal(principal)
        .retiringPrincipal(principal);
  }

  @Override
  public List<String> retire(KeyArn key, String repositoryId) {
    String name = EncryptionKeys.grantName(repositoryId);
    List<String> retired = new ArrayList<>();
    KmsFailure.unlessGone(
        "list the grants on " + key,
        () -> {
          List<GrantListEntry> grants =
              kms.listGrantsPaginator(r -> r.keyId(key.toString())).grants().stream()
                  .filter(grant -> grant.name() != null && grant.name().startsWith(name))
                  .toList();
          for (GrantListEntry grant : grants) {
            retire(key, grant);
            retired.add(grant.grantId());
          }
        });
    return retired;
  }

  private void retire(KeyArn key, GrantListEntry grant) {
    KmsFailure.unlessGone(
        "retire grant %s on %s".formatted(grant.grantId(), key),
        () -> kms.retireGrant(r -> r.keyId(key.toString()).grantId(grant.grantId())));
  }
}
