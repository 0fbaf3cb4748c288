package dev.berth.local.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.replication.PeerAgreement;
import dev.berth.core.replication.PeerSecret;
import dev.berth.core.replication.PeerSecret.Source;
import dev.berth.lambda.replication.AgreedPeer;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class AgreementsTest {

  private static final String EAST = "us-east-1";
  private static final String WEST = "us-west-2";
  private static final String EUROPE = "eu-west-1";
  private static final String ACCOUNT = "111122223333";
  private static final String ADDED = "444455556666";

  private final Set<String> accounts = new HashSet<>(Set.of(ACCOUNT));
  private final AgreedPeer other =
      new AgreedPeer(
          new PeerAgreement(EUROPE, false, ADDED::equals, PeerSecret.random()),
          URI.create("https://localhost"),
          List.of());
  private final Agreements agreements =
      new Agreements(
          new SecretKeySpec(new byte[32], "HmacSHA256"),
          List.of(EAST, WEST),
          accounts::contains,
          List.of(other));

  private PeerSecret secret(String of, String with) {
    return agreements.of(of).with(with).orElseThrow().secret();
  }

  @Test
  void eachTwoRegionsHaveASecretOfTheirOwnAndEachWithItself() {
    assertThat(secret(EAST, WEST).isSameAs(secret(WEST, EAST))).isTrue();
    assertThat(secret(EAST, EAST).isSameAs(secret(EAST, WEST))).isFalse();
    assertThat(secret(EAST, EAST).isSameAs(secret(WEST, WEST))).isFalse();
  }

  @Test
  void theyCoverTheAccountsThatTheHostHasThen() {
    assertThat(agreements.of(EAST).cover(new Source(ACCOUNT, WEST))).isTrue();
    assertThat(agreements.of(EAST).cover(new Source(ADDED, WEST))).isFalse();
    accounts.add(ADDED);
    assertThat(agreements.of(EAST).cover(new Source(ADDED, WEST))).isTrue();
  }

  @Test
  void whatWasAgreedOnWithOthersIsSoForEachRegion() {
    for (String region : List.of(EAST, WEST)) {
      assertThat(agreements.of(region).with(EUROPE)).contains(other.agreement());
      assertThat(agreements.of(region).cover(new Source(ACCOUNT, EUROPE))).isFalse();
    }
  }

  @Test
  void theyArePrintedWithoutWhatIsSecret() {
    assertThat(agreements).hasToString("Agreements[us-east-1, us-west-2]");
  }
}
