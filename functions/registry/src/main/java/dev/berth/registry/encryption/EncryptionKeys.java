package dev.berth.registry.encryption;

import dev.berth.registry.RegistryException.KmsFailed;
import java.util.List;
import java.util.Optional;

/**
 * The keys of one deployment's region: KMS on AWS, the local host's own ones elsewhere.
 *
 * <p>All methods throw {@link KmsFailed} for what KMS refuses, and {@link
 * dev.berth.registry.store.StoreException} where it cannot answer.
 */
public interface EncryptionKeys {

  /**
   * The enabled key that a user names.
   *
   * @param account the registry's, whose key it is unless an ARN says otherwise
   * @param key its id or ARN, or the name ({@code alias/...}) or ARN of an alias
   * @throws KmsFailed if there is no such key in this region, or it is not enabled
   */
  KeyArn describe(String account, String key);

  /** The key of repositories that name none: alias/aws/ecr, made on its first use. */
  KeyArn defaultKey(String account);

  /**
   * Refuses a key that is known not to be usable now, so that a client hears of it before it sends
   * a layer. It may be known a minute late.
   */
  void requireUsable(KeyArn key);

  /** The same for a repository; one without a key needs none. */
  default void requireUsable(Encryption encryption) {
    if (encryption instanceof Encryption.Kms(KeyArn key)) {
      requireUsable(key);
    }
  }

  /**
   * Grants a repository's use of the key: two grants (ECR User Guide, "Encryption at rest"). The
   * one to encrypt is bound to the repository by the encryption context. The one to decrypt is not,
   * for a layer that repositories of one key share names the one that it was pushed to first, and
   * outlives it. Done twice, it is done once.
   *
   * @param repositoryId in the names of the grants, by which they are found again
   * @return both
   */
  List<Grant> grant(KeyArn key, String repositoryId, String repositoryArn);

  /**
   * Retires what {@link #grant} granted. Nothing happens where it, or the key, is gone.
   *
   * @return the ids of the grants that were retired
   */
  List<String> retire(KeyArn key, String repositoryId);

  /**
   * A grant.
   *
   * @param grantee the principal that may use the key by it, and retire it
   * @param operations of KMS: {@code GenerateDataKey}
   * @param repositoryArn of the encryption context that it is bound to, where it is bound
   */
  record Grant(String id, String grantee, List<String> operations, Optional<String> repositoryArn) {

    public Grant {
      operations = List.copyOf(operations);
    }
  }

  /** The principal that ECR uses keys as. */
  static String service(KeyArn key) {
    return "ecr.%s.amazonaws.com".formatted(key.region());
  }

  /** What the names of a repository's grants begin with. */
  static String grantName(String repositoryId) {
    return "berth:" + repositoryId + ":";
  }
}
