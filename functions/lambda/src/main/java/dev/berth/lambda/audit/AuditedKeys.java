package dev.berth.lambda.audit;

import dev.berth.core.audit.AuditedCall;
import dev.berth.core.audit.CallError;
import dev.berth.core.audit.Grants;
import dev.berth.core.audit.Grants.Asked;
import dev.berth.registry.RegistryException.KmsFailed;
import dev.berth.registry.encryption.EncryptionKeys;
import dev.berth.registry.encryption.KeyArn;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Keys of which each grant that is made or retired is recorded: one that is made, in the name of
 * whoever makes the repository; one that is retired, in ECR's own.
 */
public final class AuditedKeys implements EncryptionKeys {

  /** Takes the calls that are made of KMS in the name of the request's caller. */
  public static final ScopedValue<Consumer<AuditedCall>> CALLER = ScopedValue.newInstance();

  private final EncryptionKeys keys;
  private final CallRecorder recorder;

  public AuditedKeys(EncryptionKeys keys, CallRecorder recorder) {
    this.keys = keys;
    this.recorder = recorder;
  }

  @Override
  public KeyArn describe(String account, String key) {
    return keys.describe(account, key);
  }

  @Override
  public KeyArn defaultKey(String account) {
    return keys.defaultKey(account);
  }

  @Override
  public void requireUsable(KeyArn key) {
    keys.requireUsable(key);
  }

  @Override
  public List<Grant> grant(KeyArn key, String repositoryId, String repositoryArn) {
    try {
      List<Grant> made = keys.grant(key, repositoryId, repositoryArn);
      made.forEach(grant -> record(key, Grants.create(of(key), asked(grant), id(grant), none())));
      return made;
    } catch (KmsFailed refusal) {
      var asked = new Asked(EncryptionKeys.service(key), List.of(), Optional.of(repositoryArn));
      record(key, Grants.create(of(key), asked, Optional.empty(), error(refusal)));
      throw refusal;
    }
  }

  private void record(KeyArn key, AuditedCall call) {
    CALLER
        .orElse(ofNobody -> recorder.recordOfService(key.account(), key.region(), ofNobody))
        .accept(call);
  }

  private static Asked asked(Grant grant) {
    return new Asked(grant.grantee(), grant.operations(), grant.repositoryArn());
  }

  private static Optional<String> id(Grant grant) {
    return Optional.of(grant.id());
  }

  @Override
  public List<String> retire(KeyArn key, String repositoryId) {
    try {
      List<String> retired = keys.retire(key, repositoryId);
      retired.forEach(id -> recordRetired(key, id, none()));
      return retired;
    } catch (KmsFailed refusal) {
      recordRetired(key, EncryptionKeys.grantName(repositoryId), error(refusal));
      throw refusal;
    }
  }

  private void recordRetired(KeyArn key, String grantId, Optional<CallError> error) {
    AuditedCall call = Grants.retire(of(key), grantId, error);
    recorder.recordOfService(key.account(), key.region(), call);
  }

  private static Grants.Key of(KeyArn key) {
    return new Grants.Key(key.toString(), key.account(), key.keyId());
  }

  private static Optional<CallError> none() {
    return Optional.empty();
  }

  private static Optional<CallError> error(KmsFailed refusal) {
    return Optional.of(new CallError(refusal.error(), refusal.getMessage()));
  }
}
