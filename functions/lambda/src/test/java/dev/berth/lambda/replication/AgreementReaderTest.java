package dev.berth.lambda.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.core.replication.PeerAgreements;
import dev.berth.core.replication.PeerSecret;
import dev.berth.core.replication.PeerSecret.Source;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AgreementReaderTest {

  private static final String GOOD =
      """
      {"region": "eu-west-1", "endpoint": "https://registry.example.com:4510",
       "accounts": ["111122223333", "444455556666"], "secret": "a"}\
      """;

  /** Each secret is of the first letter of its name. */
  private record Named() implements PeerReferences {

    @Override
    public PeerSecret secret(String reference) {
      if (reference.equals("none")) {
        throw new AgreementException("there is no such secret");
      }
      byte[] bytes = new byte[32];
      Arrays.fill(bytes, (byte) reference.charAt(0));
      return PeerSecret.of(bytes);
    }

    @Override
    public List<X509Certificate> certificates(String reference) {
      throw new AgreementException("there is no such certificate");
    }
  }

  private static List<AgreedPeer> read(String json) {
    return AgreementReader.read(json, new Named());
  }

  @Test
  void anAgreementIsOfARegionAndCoversTheAccountsThatItLists() {
    AgreedPeer peer = read("[" + GOOD + "]").getFirst();

    assertThat(peer.endpoint()).isEqualTo(URI.create("https://registry.example.com:4510"));
    assertThat(peer.certificates()).isEmpty();
    assertThat(peer.agreement().region()).isEqualTo("eu-west-1");
    assertThat(peer.agreement().sameIdentities()).isFalse();
    assertThat(peer.agreement().secret().isSameAs(new Named().secret("a"))).isTrue();
    var agreements = new PeerAgreements(List.of(peer.agreement()));
    assertThat(agreements.cover(new Source("444455556666", "eu-west-1"))).isTrue();
    assertThat(agreements.cover(new Source("777788889999", "eu-west-1"))).isFalse();
  }

  @Test
  void thereMayBeNoneAndSeveral() {
    assertThat(read("[]")).isEmpty();
    assertThat(read("[" + GOOD + "," + other() + "]")).hasSize(2);
  }

  private static String other() {
    return GOOD.replace("eu-west-1", "eu-west-2")
        .replace("registry.example.com", "other.example.com")
        .replace("\"a\"", "\"b\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://localhost:4510",
        "http://127.0.0.1:4510",
        "http://[::1]:4510/",
        "https://localhost",
        "https://abcdef.execute-api.eu-west-1.amazonaws.com"
      })
  void anEndpointIsHttpsOrThisMachines(String endpoint) {
    assertThat(read("[" + GOOD.replace("https://registry.example.com:4510", endpoint) + "]"))
        .extracting(AgreedPeer::endpoint)
        .containsExactly(URI.create(endpoint));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://registry.example.com",
        "http://127.0.0.1.example.com",
        "http://localhost.example.com",
        "http://10.0.0.1:4510",
        "ftp://localhost",
        "localhost:4510",
        "https://user:hidden@registry.example.com",
        "https://registry.example.com/hidden",
        "https://registry.example.com?hidden",
        "https://registry.example.com#hidden",
        "https://registry.example.com:99999",
        "https://"
      })
  void anyOtherEndpointIsRefusedWithoutBeingRepeated(String endpoint) {
    assertThatThrownBy(
            () -> read("[" + GOOD.replace("https://registry.example.com:4510", endpoint) + "]"))
        .isInstanceOf(AgreementException.class)
        .hasMessageStartingWith("peer 1: endpoint: ")
        .hasMessageNotContaining("hidden");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "~~| peers are a JSON array",
        "[{| line 1: not JSON",
        "[] []| not JSON",
        "{}| peers are a JSON array",
        "[7]| peer 1: not an object",
        "[{}]| peer 1: region: a text is needed",
        "[{\"region\":\"a\",\"region\":\"b\"}]| not JSON: Duplicate field",
        "[{\"region\":\"moon\"}]| peer 1: region: 'moon' is not a region",
        "[{\"region\":\"eu-west-1\",\"user\":1}]| peer 1: unknown member: user",
        "[{\"region\":\"eu-west-1\"}]| peer 1: endpoint: a text is needed",
        "[{\"region\":\"eu-west-1\",\"endpoint\":\"https://h\"}]| peer 1: accounts: a list",
      })
  void whatIsWrongIsTold(String json, String message) {
    assertThatThrownBy(() -> read(json))
        .isInstanceOf(AgreementException.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "[\"111122223333\", \"1\"]| accounts: \"1\" is not an account",
        "[111122223333]| accounts: 111122223333 is not an account",
        "[\"111122223333\", \"111122223333\"]| accounts: 111122223333 is there twice",
        "\"*\"| accounts: a list",
        "[\"*\"]| accounts: \"*\" is not an account"
      })
  void accountsAreListedOneByOne(String accounts, String message) {
    String json = GOOD.replace("[\"111122223333\", \"444455556666\"]", accounts);
    assertThatThrownBy(() -> read("[" + json + "]"))
        .isInstanceOf(AgreementException.class)
        .hasMessageContaining("peer 1: " + message);
  }

  @Test
  void twoPeersHaveTwoRegionsAndTwoSecrets() {
    assertThatThrownBy(
            () -> read("[" + GOOD + "," + other().replace("eu-west-2", "eu-west-1") + "]"))
        .hasMessage("peer 2: region: there are two peers of eu-west-1");
    assertThatThrownBy(() -> read("[" + GOOD + "," + other().replace("\"b\"", "\"a\"") + "]"))
        .hasMessage("peer 2: secret: another peer has the same, and each needs its own");
  }

  @Test
  void eachRegionHasAnEndpointOfItsOwn() {
    String same = GOOD.replace("eu-west-1", "eu-west-2").replace("4510", "4510/");
    assertThatThrownBy(() -> read("[" + GOOD + "," + same + "]"))
        .hasMessage(
            "peer 2: endpoint: the peer of eu-west-1 has the same, and each region needs its own");
  }

  /** Which has one agreement with this deployment, for all its regions. */
  @Test
  void theRegionsOfOneHostHaveOneSecret() {
    String region = GOOD.replace("eu-west-1", "eu-west-2").replace("4510", "4511");
    assertThat(read("[" + GOOD + "," + region + "]")).hasSize(2);
  }

  @Test
  void whatIsNamedHasToBeThere() {
    assertThatThrownBy(() -> read("[" + GOOD.replace("\"a\"", "\"none\"") + "]"))
        .hasMessage("peer 1: secret: there is no such secret");
    assertThatThrownBy(
            () -> read("[" + GOOD.replace("\"a\"", "\"a\", \"certificate\": \"c\"") + "]"))
        .hasMessage("peer 1: certificate: there is no such certificate");
  }

  @Test
  void noSecretIsPrinted() {
    assertThat(read("[" + GOOD + "]").toString())
        .contains("eu-west-1")
        .doesNotContain("aaaa", "97");
  }
}
