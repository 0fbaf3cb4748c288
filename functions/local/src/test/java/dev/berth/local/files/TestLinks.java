package dev.berth.local.files;

import dev.berth.core.secret.DeploymentSecret;
import dev.berth.core.secret.DeploymentSecret.Purpose;
import dev.berth.core.secret.Sealer;
import java.net.URI;
import java.time.Clock;
import java.util.List;

/** Signers for tests. */
public final class TestLinks {

  static final URI BASE = URI.create("http://127.0.0.1:5000");

  private TestLinks() {}

  static Sealer sealer() {
    return new DeploymentSecret(List.of(new DeploymentSecret.Key("k1", new byte[32])))
        .sealer(Purpose.SIGNED_LINK);
  }

  public static LinkSigner signer() {
    return new LinkSigner(sealer(), () -> BASE, Clock.systemUTC());
  }
}
