package dev.berth.core.oci;

import static dev.berth.core.oci.ManifestException.quoted;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * The signatures within a manifest of Docker's schema 1: JSON web signatures (RFC 7515) in the form
 * of Docker's libtrust. The signed payload is the manifest up to {@code formatLength}, with {@code
 * formatTail} behind it; both are in each signature's protected header. Whose key it is that
 * signed, nobody can tell, so a signature proves no more than that the manifest is whole.
 */
final class PrettySignature {

  /** Docker writes one. */
  private static final int MOST = 8;

  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

  private PrettySignature() {}

  private record Format(int length, byte[] tail) {

    static Format of(JsonMembers signature, int most) {
      var header =
          new JsonMembers(
              signature.at("protected"), ManifestJson.read(decoded(signature, "protected")));
      return new Format(
          (int) header.integer("formatLength", 0, most), decoded(header, "formatTail"));
    }

    byte[] payload(byte[] sent) {
      byte[] payload = Arrays.copyOf(sent, length + tail.length);
      System.arraycopy(tail, 0, payload, length, tail.length);
      return payload;
    }

    boolean isSame(Format other) {
      return length == other.length && Arrays.equals(tail, other.tail);
    }
  }

  /**
   * What the signatures sign.
   *
   * @throws ManifestException if there are none, or too many, or one of them is not of it
   */
  static byte[] verified(byte[] sent, JsonMembers members) {
    List<JsonMembers> signatures = members.objects(Schema1Reader.SIGNATURES, MOST);
    if (signatures.isEmpty()) {
      throw new ManifestException(Schema1Reader.SIGNATURES + " is empty");
    }
    Format format = Format.of(signatures.getFirst(), sent.length);
    byte[] payload = format.payload(sent);
    for (JsonMembers signature : signatures) {
      if (!Format.of(signature, sent.length).isSame(format)) {
        throw new ManifestException(signature.at("protected") + " is of another payload");
      }
      verify(signature, payload);
    }
    return payload;
  }

  private static void verify(JsonMembers signature, byte[] payload) {
    JsonMembers header = signature.object("header");
    String algorithm = header.required("alg");
    PublicJwk key = PublicJwk.of(header.object("jwk"));
    byte[] input =
        (signature.required("protected") + "." + ENCODER.encodeToString(payload))
            .getBytes(StandardCharsets.UTF_8);
    if (!key.verifies(algorithm, input, decoded(signature, "signature"))) {
      throw new ManifestException(
          "%s is not a signature of the manifest by algorithm %s and the key in %s"
              .formatted(signature.at("signature"), quoted(algorithm), header.at("jwk")));
    }
  }

  /**
   * @throws ManifestException if the member is missing or not in base64url
   */
  static byte[] decoded(JsonMembers members, String name) {
    try {
      return Base64.getUrlDecoder().decode(members.required(name));
    } catch (IllegalArgumentException e) {
      throw new ManifestException(members.at(name) + " is not in base64url");
    }
  }
}
