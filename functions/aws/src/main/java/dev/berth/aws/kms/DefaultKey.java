package dev.berth.aws.kms;

import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.AlreadyExistsException;
import software.amazon.awssdk.services.kms.model.KeyMetadata;
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
      make();
      return described();
    }
  }

  private KeyMetadata described() {
    return kms.describeKey(r -> r.keyId(alias)).keyMetadata();
  }

  private void make() {
    String id =
        kms.createKey(
                r ->
                    r.description(
                        "Protects the repositories of a Berth deployment that name no key"))
            .keyMetadata()
            .keyId();
    try {
      kms.createAlias(r -> r.aliasName(alias).targetKeyId(id));
    } catch (AlreadyExistsException madeMeanwhile) {
      kms.scheduleKeyDeletion(r -> r.keyId(id).pendingWindowInDays(SHORTEST_WAIT));
    }
  }
}
