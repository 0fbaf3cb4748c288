package dev.berth.registry.scan.layer;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;

/** What a layer is packed with, by its first bytes: its media type may say something else. */
final class Unpacking {

  private Unpacking() {}

  /** The layer's tar. */
  static InputStream open(InputStream layer) throws IOException {
    byte[] beginning = layer.readNBytes(4);
    InputStream whole = new SequenceInputStream(new ByteArrayInputStream(beginning), layer);
    if (isGzip(beginning)) {
      return new GzipInput(whole);
    }
    return isZstd(beginning) ? new ZstdInput(whole) : whole;
  }

  private static boolean isGzip(byte[] beginning) {
    return beginning.length >= 2 && beginning[0] == 0x1f && beginning[1] == (byte) 0x8b;
  }

  /** A frame, or one that is to be skipped. */
  private static boolean isZstd(byte[] beginning) {
    if (beginning.length < 4) {
      return false;
    }
    int magic =
        beginning[0] & 0xff
            | (beginning[1] & 0xff) << 8
            | (beginning[2] & 0xff) << 16
            | (beginning[3] & 0xff) << 24;
    return magic == 0xfd2fb528 || (magic & 0xffff_fff0) == 0x184d2a50;
  }
}
