package dev.berth.core.oci;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The registered digest algorithms of the OCI image specification that Berth accepts. */
public enum Algorithm {
  SHA256("sha256:", "SHA-256", 64),
  SHA512("sha512:", "SHA-512", 128);

  final String prefix;
  final int hexLength;
  private final String jdkName;

  Algorithm(String prefix, String jdkName, int hexLength) {
    this.prefix = prefix;
    this.jdkName = jdkName;
    this.hexLength = hexLength;
  }

  /** A fresh hash function. */
  public MessageDigest newMessageDigest() {
    try {
      return MessageDigest.getInstance(jdkName);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has " + jdkName, e);
    }
  }

  public Digest digest(byte[] bytes) {
    return Digest.of(this, newMessageDigest().digest(bytes));
  }
}
