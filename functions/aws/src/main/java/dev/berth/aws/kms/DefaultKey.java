package dev.berth.aws.kms;

import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.AlreadyExistsException;
import software.amazon.awssdk.services.kms.model.KeyMetadata;
import software.amazon.awssdk.services.kms.model.KmsException;
import software.amazon.awssdk.services.kms.model.NotFoundException;

/** The key of repositories that name none, made when the first of them is. */
record DefaultKey(KmsClient kms, String alias) {

  /** What users call it by (ECR User Guide, "Encryption at rest"). */
  static final String OF_ECR = "alias/aws/ecr";

  /** In days: the shortest that KMS takes. */
  private static final int SHORTEST_WAIT = 7;

  KeyMetadata describe() {
    try {
      return described();
    } catch (NotFoundException absent) {
      return made();
    }
  }

  private KeyMetadata described() {
    return kms.describeKey(r -> r.keyId(alias)).keyMetadata();
  }

  private KeyMetadata made() {
    KeyMetadata key =
        kms.createKey(
                r ->
                    r.description(
                        "Protects the repositories of a Berth deployment that name no key"))
            .keyMetadata();
    try {
      kms.createAlias(r -> r.aliasName(alias).targetKeyId(key.keyId()));
      // by its alias it may not be found for some minutes yet
      return key;
    } catch (AlreadyExistsException madeMeanwhile) {
      drop(key);
      return described();
    } catch (KmsException refused) {
      drop(key);
      throw refused;
    }
  }

  /** Lest each try leave a key that is paid for, and that nobody finds. */
  private void drop(KeyMetadata key) {
    kms.scheduleKeyDeletion(r -> r.keyId(key.keyId()).pendingWindowInDays(SHORTEST_WAIT));
  }
}
