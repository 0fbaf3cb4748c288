package dev.berth.registry.upload;

import java.io.IOException;
import java.io.InputStream;

/** Where the bytes of one layer are to be had. */
@FunctionalInterface
public interface LayerSource {

  /**
   * The bytes from an offset to the layer's end.
   *
   * @param offset below the layer's size
   * @return to be closed by the caller; a read that waits too long for the next bytes fails
   * @throws IOException in words that may be told to whoever named the source, as are those of the
   *     stream's own exceptions
   */
  InputStream open(long offset) throws IOException;
}
