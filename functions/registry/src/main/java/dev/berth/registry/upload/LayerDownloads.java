package dev.berth.registry.upload;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;

/** Fetches layers by links that other registries have signed. */
@FunctionalInterface
public interface LayerDownloads {

  /**
   * Asks for the end of a layer.
   *
   * @param link http or https; its query is a secret
   * @param offset of the first byte, below the size
   * @param size of the whole layer
   * @return as many bytes as the server sends, which may be more or fewer; a read that waits too
   *     long for the next bytes fails, at the latest where a virtual thread makes it
   * @throws IOException if the server cannot be reached or answers anything else; its message, and
   *     those of the stream, do not have the link's query
   */
  InputStream open(URI link, long offset, long size) throws IOException;
}
