package dev.berth.core.oci;

import static dev.berth.core.oci.ManifestException.quoted;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.EllipticCurve;
import java.security.spec.RSAPublicKeySpec;
import java.util.Map;

/**
 * A public key as a JSON web key (RFC 7517, RFC 7518, 6) of one of the kinds that Docker signs
 * manifests with: on a NIST curve, or RSA.
 *
 * @param algorithms by which it may sign: their names in RFC 7518, 3.1, and in the JDK
 */
record PublicJwk(PublicKey key, Map<String, String> algorithms) {

  /** A key of more bits than these makes its verification expensive. */
  private static final int MOST_RSA_BITS = 8192;

  private static final int LEAST_RSA_BITS = 1024;
  private static final int MOST_EXPONENT_BITS = 32;

  private static final Map<String, String> RSA =
      Map.of("RS256", "SHA256withRSA", "RS384", "SHA384withRSA", "RS512", "SHA512withRSA");

  private enum Curve {
    P256("P-256", "secp256r1", "ES256", "SHA256withECDSAinP1363Format"),
    P384("P-384", "secp384r1", "ES384", "SHA384withECDSAinP1363Format"),
    P521("P-521", "secp521r1", "ES512", "SHA512withECDSAinP1363Format");

    private final String jwkName;
    private final String jdkName;
    private final Map<String, String> algorithms;

    Curve(String jwkName, String jdkName, String algorithm, String jdkAlgorithm) {
      this.jwkName = jwkName;
      this.jdkName = jdkName;
      this.algorithms = Map.of(algorithm, jdkAlgorithm);
    }

    ECParameterSpec parameters() throws GeneralSecurityException {
      var parameters = AlgorithmParameters.getInstance("EC");
      parameters.init(new ECGenParameterSpec(jdkName));
      return parameters.getParameterSpec(ECParameterSpec.class);
    }
  }

  /**
   * @throws ManifestException if the members are no such key
   */
  static PublicJwk of(JsonMembers jwk) {
    String type = jwk.required("kty");
    try {
      return switch (type) {
        case "EC" -> onCurve(jwk);
        case "RSA" -> rsa(jwk);
        default ->
            throw new ManifestException(jwk.at("kty") + " " + quoted(type) + " is not EC or RSA");
      };
    } catch (GeneralSecurityException e) {
      throw new ManifestException(jwk.path() + " is not a public key");
    }
  }

  private static PublicJwk onCurve(JsonMembers jwk) throws GeneralSecurityException {
    String name = jwk.required("crv");
    for (Curve curve : Curve.values()) {
      if (curve.jwkName.equals(name)) {
        var point = new ECPoint(number(jwk, "x"), number(jwk, "y"));
        ECParameterSpec parameters = curve.parameters();
        if (!isOn(point, parameters.getCurve())) {
          throw new ManifestException(jwk.path() + " is not a point on " + name);
        }
        var key =
            KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(point, parameters));
        return new PublicJwk(key, curve.algorithms);
      }
    }
    throw new ManifestException(jwk.at("crv") + " " + quoted(name) + " is not a NIST curve");
  }

  private static boolean isOn(ECPoint point, EllipticCurve curve) {
    BigInteger p = ((ECFieldFp) curve.getField()).getP();
    BigInteger x = point.getAffineX();
    BigInteger y = point.getAffineY();
    BigInteger right = x.pow(3).add(curve.getA().multiply(x)).add(curve.getB());
    return x.compareTo(p) < 0
        && y.compareTo(p) < 0
        && y.pow(2).subtract(right).mod(p).signum() == 0;
  }

  private static PublicJwk rsa(JsonMembers jwk) throws GeneralSecurityException {
    BigInteger modulus = number(jwk, "n");
    BigInteger exponent = number(jwk, "e");
    if (modulus.bitLength() < LEAST_RSA_BITS
        || modulus.bitLength() > MOST_RSA_BITS
        || exponent.bitLength() > MOST_EXPONENT_BITS) {
      throw new ManifestException(
          "%s is not an RSA key of %d to %d bits"
              .formatted(jwk.path(), LEAST_RSA_BITS, MOST_RSA_BITS));
    }
    var key = KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(modulus, exponent));
    return new PublicJwk(key, RSA);
  }

  private static BigInteger number(JsonMembers jwk, String name) {
    byte[] bytes = PrettySignature.decoded(jwk, name);
    if (bytes.length > MOST_RSA_BITS / Byte.SIZE) {
      throw new ManifestException(jwk.at(name) + " has more than " + MOST_RSA_BITS + " bits");
    }
    return new BigInteger(1, bytes);
  }

  /** False also for an algorithm that is not the key's, and for bytes that are no signature. */
  boolean verifies(String algorithm, byte[] input, byte[] signature) {
    String jdkAlgorithm = algorithms.get(algorithm);
    if (jdkAlgorithm == null) {
      return false;
    }
    try {
      var verifier = Signature.getInstance(jdkAlgorithm);
      verifier.initVerify(key);
      verifier.update(input);
      return verifier.verify(signature);
    } catch (SignatureException e) {
      return false;
    } catch (GeneralSecurityException e) {
      throw new ManifestException("a signature's key cannot verify by " + quoted(algorithm));
    }
  }
}
