package dev.berth.local.kms;

import dev.berth.local.files.DataKeys;
import dev.berth.registry.RegistryException.KmsFailed;
import dev.berth.registry.encryption.EncryptionKeys;
import dev.berth.registry.encryption.KeyArn;
import dev.berth.registry.store.ObjectEncryption;
import dev.berth.registry.store.StoreException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** KMS as one region of the local host has it. Its refusals are in KMS's words. */
public final class LocalKms implements EncryptionKeys, DataKeys {

  private static final String DEFAULT_ALIAS = "alias/aws/ecr";
  private static final String NOT_FOUND = "NotFoundException";
  private static final int DATA_KEY_BYTES = 32;

  private final String region;
  private final Path root;
  private final SecureRandom random = new SecureRandom();

  /**
   * @param root the region's directory {@code kms}, made when there is a key
   */
  public LocalKms(String region, Path root) {
    this.region = region;
    this.root = root;
  }

  private LocalKeys of(String account) {
    return new LocalKeys(root, region, account);
  }

  @Override
  public KeyArn describe(String account, String key) {
    LocalKey found =
        of(account).find(key).orElseThrow(() -> new KmsFailed(NOT_FOUND, notFound(account, key)));
    return enabled(found).arn();
  }

  private String notFound(String account, String key) {
    if (key.startsWith("arn:")) {
      return key.contains(":alias/")
          ? "Alias %s is not found.".formatted(key)
          : "Key '%s' does not exist".formatted(key);
    }
    String prefix = "arn:aws:kms:%s:%s:".formatted(region, account);
    return key.startsWith("alias/")
        ? "Alias %s%s is not found.".formatted(prefix, key)
        : "Key '%skey/%s' does not exist".formatted(prefix, key);
  }

  @Override
  public KeyArn defaultKey(String account) {
    LocalKeys keys = of(account);
    if (keys.byAlias(DEFAULT_ALIAS).isEmpty()) {
      // one of several that come at once gives its key the name; the others' stay without use
      keys.name(keys.create(), DEFAULT_ALIAS);
    }
    return describe(account, DEFAULT_ALIAS);
  }

  @Override
  public void requireUsable(KeyArn key) {
    usable(key);
  }

  private LocalKey usable(KeyArn key) {
    LocalKeys keys = of(key.account());
    return enabled(
        keys.byId(key.keyId())
            .filter(found -> found.arn().equals(key))
            .orElseThrow(() -> new KmsFailed(NOT_FOUND, "Key '%s' does not exist".formatted(key))));
  }

  private LocalKey enabled(LocalKey key) {
    if (of(key.arn().account()).state(key) == LocalKey.State.Disabled) {
      throw KmsFailed.disabled(key.arn());
    }
    return key;
  }

  @Override
  public List<Grant> grant(KeyArn key, String repositoryId, String repositoryArn) {
    LocalKey granted = usable(key);
    String grantee = EncryptionKeys.service(key);
    return LocalKeys.done(
        "grant the use of " + key,
        () -> {
          granted.grant(encrypts(repositoryId), "GenerateDataKey", repositoryArn);
          granted.grant(decrypts(repositoryId), "Decrypt", repositoryArn);
          return List.of(
              new Grant(
                  encrypts(repositoryId),
                  grantee,
                  List.of("GenerateDataKey"),
                  Optional.of(repositoryArn)),
              new Grant(decrypts(repositoryId), grantee, List.of("Decrypt"), Optional.empty()));
        });
  }

  @Override
  public List<String> retire(KeyArn key, String repositoryId) {
    return of(key.account())
        .byId(key.keyId())
        .map(
            granted ->
                LocalKeys.done("retire grants on " + key, () -> retire(granted, repositoryId)))
        .orElse(List.of());
  }

  private static List<String> retire(LocalKey key, String repositoryId) throws IOException {
    List<String> retired = new ArrayList<>();
    for (String grant : List.of(encrypts(repositoryId), decrypts(repositoryId))) {
      if (key.retire(grant)) {
        retired.add(grant);
      }
    }
    return retired;
  }

  private static String encrypts(String repositoryId) {
    return EncryptionKeys.grantName(repositoryId) + "encrypt";
  }

  private static String decrypts(String repositoryId) {
    return EncryptionKeys.grantName(repositoryId) + "decrypt";
  }

  @Override
  public DataKey generate(ObjectEncryption.Kms encryption) {
    LocalKey key = usable(arn(encryption));
    byte[] plain = new byte[DATA_KEY_BYTES];
    random.nextBytes(plain);
    return new DataKey(
        plain,
        LocalKeys.done("encrypt with " + key.arn(), () -> key.encrypt(plain, context(encryption))));
  }

  @Override
  public byte[] decrypt(ObjectEncryption.Kms encryption, byte[] wrapped) {
    LocalKey key = usable(arn(encryption));
    return LocalKeys.done(
        "decrypt with " + key.arn(), () -> key.decrypt(wrapped, context(encryption)));
  }

  private static KeyArn arn(ObjectEncryption.Kms encryption) {
    return KeyArn.parse(encryption.keyArn())
        .orElseThrow(() -> new StoreException("not a key: " + encryption.keyArn()));
  }

  /** The encryption context as bytes. */
  private static byte[] context(ObjectEncryption.Kms encryption) {
    return (ObjectEncryption.Kms.CONTEXT + "=" + encryption.repositoryArn())
        .getBytes(StandardCharsets.UTF_8);
  }
}
