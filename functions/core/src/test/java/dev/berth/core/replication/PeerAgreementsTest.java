package dev.berth.core.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.core.replication.PeerSecret.Source;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PeerAgreementsTest {

  private static final String ACCOUNT = "111122223333";
  private static final String OTHER = "444455556666";

  private final Set<String> accounts = new HashSet<>(Set.of(ACCOUNT));
  private final PeerAgreement east =
      new PeerAgreement("us-east-1", true, accounts::contains, PeerSecret.random());
  private final PeerAgreement west =
      new PeerAgreement("us-west-2", false, OTHER::equals, PeerSecret.random());
  private final PeerAgreements agreements = new PeerAgreements(List.of(east, west));

  @Test
  void thereIsOneWithARegion() {
    assertThat(agreements.with("us-east-1")).contains(east);
    assertThat(agreements.with("eu-west-1")).isEmpty();
    assertThatThrownBy(() -> new PeerAgreements(List.of(east, east)))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void anAccountIsCoveredInTheRegionOfItsAgreementAlone() {
    assertThat(agreements.cover(new Source(ACCOUNT, "us-east-1"))).isTrue();
    assertThat(agreements.cover(new Source(ACCOUNT, "us-west-2"))).isFalse();
    assertThat(agreements.cover(new Source(OTHER, "us-west-2"))).isTrue();
    assertThat(agreements.cover(new Source(OTHER, "us-east-1"))).isFalse();
    assertThat(agreements.cover(new Source(OTHER, "eu-west-1"))).isFalse();
  }

  @Test
  void accountsMayBeAdded() {
    accounts.add(OTHER);

    assertThat(agreements.cover(new Source(OTHER, "us-east-1"))).isTrue();
  }

  @Test
  void theyArePrintedByTheirRegion() {
    assertThat(east).hasToString("PeerAgreement[us-east-1]");
    assertThat(agreements.toString()).contains("us-east-1").doesNotContain("PeerSecret");
  }
}
