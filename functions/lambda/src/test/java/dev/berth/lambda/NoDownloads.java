package dev.berth.lambda;

import dev.berth.registry.upload.LayerDownloads;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;

/** For tests that fetch nothing. */
public final class NoDownloads implements LayerDownloads {

  @Override
  public InputStream open(URI link, long offset, long size) throws IOException {
    throw new IOException("nothing is fetched here");
  }
}
