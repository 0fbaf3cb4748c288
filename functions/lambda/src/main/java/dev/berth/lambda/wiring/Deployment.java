package dev.berth.lambda.wiring;

import dev.berth.core.authz.Authorizer;
import dev.berth.core.secret.DeploymentSecret;
import dev.berth.core.secret.DeploymentSecret.Purpose;
import dev.berth.core.sigv4.AccessKey;
import dev.berth.core.sigv4.KeyLookup;
import dev.berth.core.sigv4.SigV4Verifier;
import dev.berth.core.token.AuthorizationTokens;
import dev.berth.lambda.ecr.EcrApi;
import dev.berth.lambda.ecr.Operations;
import dev.berth.lambda.ecr.RegistryHosts;
import dev.berth.lambda.http.Handler;
import dev.berth.lambda.oci.OciApi;
import dev.berth.lambda.oci.OciSettings;
import dev.berth.lambda.oci.Principals;
import dev.berth.registry.encryption.EncryptionKeys;
import dev.berth.registry.service.Services;
import dev.berth.registry.store.Objects;
import dev.berth.registry.store.Table;
import dev.berth.registry.sweep.Sweeper;
import dev.berth.registry.upload.PartSizes;
import java.time.Clock;

/** One deployment put together: the two wires over its services, and what runs beside them. */
public final class Deployment {

  private final Services services;
  private final Handler oci;
  private final Handler ecr;

  /**
   * @param encryptionKeys the region's, for repositories that have one
   * @param keys the access keys that may sign requests and log in
   */
  public Deployment(
      String region,
      Table table,
      Objects objects,
      EncryptionKeys encryptionKeys,
      DeploymentSecret secret,
      KeyLookup keys,
      RegistryHosts hosts,
      PartSizes partSizes,
      Clock clock) {
    var authorizer = Authorizer.rootOnly();
    var tokens = new AuthorizationTokens(secret.sealer(Purpose.AUTHORIZATION_TOKEN), clock);
    this.services = Services.over(table, objects, encryptionKeys, secret, partSizes, clock);
    this.oci = new OciApi(tokens, principals(keys), authorizer, services, OciSettings.defaults());
    this.ecr =
        new EcrApi(
            Operations.of(services, tokens, hosts, secret.sealer(Purpose.PAGE_POSITION)),
            new SigV4Verifier(clock),
            region::equals,
            keys,
            authorizer);
  }

  /**
   * A key that was made anew for another principal is not the one that a token was asked for by.
   */
  private static Principals principals(KeyLookup keys) {
    return (accessKeyId, uniqueId) ->
        keys.find(accessKeyId)
            .map(AccessKey::principal)
            .filter(principal -> principal.uniqueId().equals(uniqueId));
  }

  /** {@code /v2/}: the OCI distribution specification. */
  public Handler oci() {
    return oci;
  }

  /** {@code POST /}: the ECR API. */
  public Handler ecr() {
    return ecr;
  }

  /** Does what deletions leave to do; to be run now and then. */
  public Sweeper sweeper() {
    return services.sweeper();
  }
}
