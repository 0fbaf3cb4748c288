package dev.berth.lambda.replication;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.berth.core.replication.PeerAgreement;
import dev.berth.core.replication.PeerSecret;
import dev.berth.core.text.Excerpt;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/**
 * Reads the agreements with deployments that others run: a JSON array of {@code {"region",
 * "endpoint", "accounts", "secret"}}, and {@code "certificate"} where the peer's is signed by
 * nobody whom the JDK trusts.
 */
public final class AgreementReader {

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();
  private static final Set<String> MEMBERS =
      Set.of("region", "endpoint", "accounts", "secret", "certificate");
  private static final Pattern REGION =
      Pattern.compile("[a-z]{2,10}(-[a-z]{1,20}){1,3}-[0-9]{1,2}");
  private static final Pattern ACCOUNT = Pattern.compile("[0-9]{12}");

  private final PeerReferences references;
  private final List<AgreedPeer> read = new ArrayList<>();

  private AgreementReader(PeerReferences references) {
    this.references = references;
  }

  /**
   * @throws AgreementException if one is wrong, or two are for one region or have one secret
   */
  public static List<AgreedPeer> read(String json, PeerReferences references) {
    var reader = new AgreementReader(references);
    JsonNode array = tree(json);
    if (!array.isArray()) {
      throw new AgreementException(
          "peers are a JSON array of {region, endpoint, accounts, secret, certificate}");
    }
    array.forEach(reader::add);
    return List.copyOf(reader.read);
  }

  private static JsonNode tree(String json) {
    try {
      return MAPPER.readTree(json);
    } catch (JacksonException e) {
      int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
      throw new AgreementException(
          "line %d: not JSON: %s".formatted(line, Excerpt.of(e.getOriginalMessage())));
    }
  }

  private void add(JsonNode peer) {
    String number = "peer " + (read.size() + 1);
    try {
      if (!peer.isObject()) {
        throw new AgreementException("not an object of region, endpoint, accounts and secret");
      }
      requireKnown(peer);
      read.add(peer(peer));
    } catch (AgreementException e) {
      throw new AgreementException(number + ": " + e.getMessage());
    }
  }

  private AgreedPeer peer(JsonNode peer) {
    String region = region(peer);
    URI endpoint = endpoint(peer);
    Set<String> accounts = accounts(peer);
    PeerSecret secret = secret(peer, endpoint);
    return new AgreedPeer(
        new PeerAgreement(region, false, accounts::contains, secret),
        endpoint,
        peer.has("certificate") ? certificates(peer) : List.of());
  }

  private String region(JsonNode peer) {
    String region = text(peer, "region");
    if (!REGION.matcher(region).matches()) {
      throw new AgreementException(
          "region: '" + Excerpt.of(region) + "' is not a region such as eu-west-1");
    }
    if (read.stream().anyMatch(other -> other.agreement().region().equals(region))) {
      throw new AgreementException("region: there are two peers of " + region);
    }
    return region;
  }

  /** Links to layers lead to the region's own. */
  private URI endpoint(JsonNode peer) {
    URI endpoint = PeerEndpoints.read(text(peer, "endpoint"));
    for (AgreedPeer other : read) {
      if (other.endpoint().resolve("/").equals(endpoint.resolve("/"))) {
        throw new AgreementException(
            "endpoint: the peer of %s has the same, and each region needs its own"
                .formatted(other.agreement().region()));
      }
    }
    return endpoint;
  }

  /** None of them where the peer is only replicated to. */
  private static Set<String> accounts(JsonNode peer) {
    JsonNode list = peer.path("accounts");
    if (!list.isArray()) {
      throw new AgreementException(
          "accounts: a list is needed of the accounts that the peer may replicate as, empty for"
              + " none");
    }
    Set<String> accounts = new TreeSet<>();
    for (JsonNode account : list) {
      if (!account.isTextual() || !ACCOUNT.matcher(account.textValue()).matches()) {
        throw new AgreementException(
            "accounts: %s is not an account id of 12 digits, as a text"
                .formatted(Excerpt.of(account.toString())));
      }
      if (!accounts.add(account.textValue())) {
        throw new AgreementException("accounts: " + account.textValue() + " is there twice");
      }
    }
    return Set.copyOf(accounts);
  }

  /**
   * With the secret of another peer, each of the two could replicate as the other; the regions of
   * one host, which has one agreement with this deployment for all of them, are the same peer.
   */
  private PeerSecret secret(JsonNode peer, URI endpoint) {
    String reference = text(peer, "secret");
    PeerSecret secret = naming("secret", () -> references.secret(reference));
    boolean ofAnother =
        read.stream()
            .filter(other -> !other.endpoint().getHost().equals(endpoint.getHost()))
            .anyMatch(other -> other.agreement().secret().isSameAs(secret));
    if (ofAnother) {
      throw new AgreementException("secret: another peer has the same, and each needs its own");
    }
    return secret;
  }

  private List<X509Certificate> certificates(JsonNode peer) {
    String reference = text(peer, "certificate");
    return naming("certificate", () -> references.certificates(reference));
  }

  private static <T> T naming(String member, Supplier<T> what) {
    try {
      return what.get();
    } catch (AgreementException e) {
      throw new AgreementException(member + ": " + e.getMessage());
    }
  }

  private static String text(JsonNode object, String member) {
    JsonNode value = object.path(member);
    if (!value.isTextual() || value.textValue().isBlank()) {
      throw new AgreementException(member + ": a text is needed");
    }
    return value.textValue();
  }

  private static void requireKnown(JsonNode object) {
    List<String> unknown =
        StreamSupport.stream(((Iterable<String>) object::fieldNames).spliterator(), false)
            .filter(name -> !MEMBERS.contains(name))
            .toList();
    if (!unknown.isEmpty()) {
      throw new AgreementException("unknown member: " + Excerpt.of(String.join(", ", unknown)));
    }
  }
}
