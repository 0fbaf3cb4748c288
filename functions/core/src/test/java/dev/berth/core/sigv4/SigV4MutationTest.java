package dev.berth.core.sigv4;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.sigv4.Verification.Refused;
import java.util.List;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.NumericChars;

/** Whatever one byte of a signed request becomes, it is no longer what was signed. */
class SigV4MutationTest {

  private static final int ANY = Integer.MAX_VALUE;

  private final TestSigner signer = new TestSigner();

  @Property
  void ofTheBody(
      @ForAll @IntRange(max = ANY) int at, @ForAll @IntRange(min = 1, max = 255) int bits) {
    var request = signer.sign();
    byte[] body = request.body().clone();
    body[at % body.length] ^= (byte) bits;

    assertRefused(new SignedRequest("POST", "/", "", request.headers(), body));
  }

  @Property
  void ofASignedHeader(
      @ForAll @IntRange(max = ANY) int name,
      @ForAll @IntRange(max = ANY) int at,
      @ForAll @AlphaChars @NumericChars char other) {
    List<String> names = List.copyOf(signer.headers.keySet());
    mutateHeader(names.get(name % names.size()), at, other);
  }

  @Property
  void ofTheAuthorization(
      @ForAll @IntRange(max = ANY) int at, @ForAll @AlphaChars @NumericChars char other) {
    mutateHeader("authorization", at, other);
  }

  @Property
  void ofTheMethodPathOrQuery(
      @ForAll @IntRange(max = ANY) int at, @ForAll @AlphaChars @NumericChars char other) {
    signer.path = "/one/two";
    signer.canonicalPath = "/one/two";
    var signed = signer.sign();
    var parts = List.of(signed.method(), signed.path().substring(1));
    var method = replace(parts.get(0), at, other);
    var path = "/" + replace(parts.get(1), at, other);

    if (!method.equals(signed.method())) {
      assertRefused(new SignedRequest(method, signed.path(), "", signed.headers(), signed.body()));
    }
    if (!path.equals(signed.path())) {
      assertRefused(new SignedRequest("POST", path, "", signed.headers(), signed.body()));
    }
    assertRefused(
        new SignedRequest("POST", signed.path(), "" + other, signed.headers(), signed.body()));
  }

  private void mutateHeader(String name, int at, char other) {
    var request = signer.sign();
    String value = request.all(name).getFirst();
    String mutated = replace(value, at, other);
    if (!mutated.equals(value)) {
      var headers = new TreeMap<>(request.headers());
      headers.put(name, List.of(mutated));
      assertRefused(new SignedRequest("POST", "/", "", headers, request.body()));
    }
  }

  private static String replace(String text, int at, char other) {
    int index = at % text.length();
    return text.substring(0, index) + other + text.substring(index + 1);
  }

  private static void assertRefused(SignedRequest request) {
    assertThat(SigV4VerifierTest.verify(request)).isInstanceOf(Refused.class);
  }
}
