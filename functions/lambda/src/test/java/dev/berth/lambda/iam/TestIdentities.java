package dev.berth.lambda.iam;

import dev.berth.core.secret.DeploymentSecret;
import dev.berth.core.secret.DeploymentSecret.Key;
import dev.berth.core.secret.DeploymentSecret.Purpose;
import dev.berth.core.sigv4.TestSigner;
import dev.berth.registry.identity.Identities;
import dev.berth.registry.store.Table;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Identities in memory, of accounts whose root has the signer's key, and their API's actions. */
public final class TestIdentities {

  private static final DeploymentSecret SECRET =
      new DeploymentSecret(List.of(new Key("a", new byte[32])));

  private TestIdentities() {}

  public static Identities in(Table home, Clock clock) {
    return new Identities(
        home, SECRET, id -> Optional.of(TestSigner.KEY).filter(key -> key.id().equals(id)), clock);
  }

  public static IamActions actions(Identities identities, Clock clock) {
    return IamActions.of(identities, SECRET.sealer(Purpose.PAGE_POSITION), clock);
  }
}
