package dev.berth.registry.encryption;

import dev.berth.registry.RegistryException.KmsFailed;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/** {@link EncryptionKeys} in memory, for fast tests: keys of us-east-1. */
public final class MemoryKeys implements EncryptionKeys {

  public static final String DEFAULT = "alias/aws/ecr";

  /** Names as users give them to keys. */
  private final Map<String, KeyArn> keys = new HashMap<>();

  private final Set<KeyArn> disabled = new HashSet<>();
  private final Set<String> grants = new TreeSet<>();
  private boolean refusesGrants;

  /** A new key with this alias. */
  public synchronized KeyArn create(String account, String alias) {
    var key = new KeyArn("aws", "us-east-1", account, UUID.randomUUID().toString());
    keys.put(key.toString(), key);
    keys.put(key.keyId(), key);
    keys.put(account + alias, key);
    return key;
  }

  public synchronized void disable(KeyArn key) {
    disabled.add(key);
  }

  public synchronized void enable(KeyArn key) {
    disabled.remove(key);
  }

  /** From now on no grant is made. */
  public synchronized void refuseGrants() {
    refusesGrants = true;
  }

  /** Key, name and repository of each. */
  public synchronized Set<String> grants() {
    return new TreeSet<>(grants);
  }

  @Override
  public synchronized KeyArn describe(String account, String name) {
    KeyArn key = keys.getOrDefault(account + name, keys.get(name));
    if (key == null) {
      throw new KmsFailed("NotFoundException", "Key '" + name + "' does not exist");
    }
    requireUsable(key);
    return key;
  }

  @Override
  public synchronized KeyArn defaultKey(String account) {
    if (!keys.containsKey(account + DEFAULT)) {
      create(account, DEFAULT);
    }
    return describe(account, DEFAULT);
  }

  @Override
  public synchronized void requireUsable(KeyArn key) {
    if (disabled.contains(key)) {
      throw KmsFailed.disabled(key);
    }
  }

  @Override
  public synchronized List<Grant> grant(KeyArn key, String repositoryId, String repositoryArn) {
    String name = EncryptionKeys.grantName(repositoryId);
    grants.add(key + " " + name + "encrypt " + repositoryArn);
    if (refusesGrants) {
      throw new KmsFailed("LimitExceededException", "too many grants on " + key);
    }
    grants.add(key + " " + name + "decrypt " + repositoryArn);
    String grantee = EncryptionKeys.service(key);
    return List.of(
        new Grant(
            name + "encrypt", grantee, List.of("GenerateDataKey"), Optional.of(repositoryArn)),
        new Grant(name + "decrypt", grantee, List.of("Decrypt"), Optional.empty()));
  }

  @Override
  public synchronized List<String> retire(KeyArn key, String repositoryId) {
    String prefix = key + " " + EncryptionKeys.grantName(repositoryId);
    List<String> retired =
        grants.stream()
            .filter(grant -> grant.startsWith(prefix))
            .map(grant -> grant.split(" ")[1])
            .toList();
    grants.removeIf(grant -> grant.startsWith(prefix));
    return retired;
  }
}
