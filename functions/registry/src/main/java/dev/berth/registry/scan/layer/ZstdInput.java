package dev.berth.registry.scan.layer;

import com.github.luben.zstd.NoPool;
import com.github.luben.zstd.ZstdIOException;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.IOException;
import java.io.InputStream;

/** Unpacks zstd (RFC 8878), of one frame or several, with a window of 128 MiB at most. */
final class ZstdInput extends InputStream {

  /** What clients unpack too, unless they are told otherwise. */
  private static final int LARGEST_WINDOW = 27;

  private final ZstdInputStreamNoFinalizer in;

  ZstdInput(InputStream in) throws IOException {
    this.in = new ZstdInputStreamNoFinalizer(in, NoPool.INSTANCE).setLongMax(LARGEST_WINDOW);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] to, int offset, int length) throws IOException {
    try {
      return in.read(to, offset, length);
    } catch (ZstdIOException e) {
      throw new LayerException("its zstd is corrupt: " + e.getMessage());
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
