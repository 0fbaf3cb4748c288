package dev.berth.registry.scan.layer;

import java.io.IOException;
import java.io.InputStream;

/** A layer's bytes as they arrive, for as long as there is time. */
final class MeteredInput extends InputStream {

  private final InputStream in;
  private final Meter meter;

  MeteredInput(InputStream in, Meter meter) {
    this.in = in;
    this.meter = meter;
  }

  @Override
  public int read() throws IOException {
    meter.time();
    return in.read();
  }

  @Override
  public int read(byte[] to, int offset, int length) throws IOException {
    meter.time();
    return in.read(to, offset, length);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
