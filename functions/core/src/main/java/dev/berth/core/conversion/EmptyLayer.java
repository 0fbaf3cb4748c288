package dev.berth.core.conversion;

import dev.berth.core.oci.Digest;
import java.util.HexFormat;

/**
 * The layer without files that every client and registry of Docker's schema 1 names where a step of
 * an image's history made none: 1024 zero bytes in these very 32 bytes of gzip.
 */
public final class EmptyLayer {

  private static final byte[] BYTES =
      HexFormat.of().parseHex("1f8b080000096e8800ff621805a360148c5800080000ffff2eafb5ef00040000");

  public static final Digest DIGEST = Digest.sha256(BYTES);

  private EmptyLayer() {}

  public static byte[] bytes() {
    return BYTES.clone();
  }
}
