package dev.berth.local.host;

import dev.berth.local.files.ObjectReading;
import dev.berth.local.http.BlobSource.Reading;
import dev.berth.local.http.BlobSource.Region;
import java.util.Optional;

/** An object's files as the streaming edge sends them. */
record FileReading(ObjectReading reading) implements Reading {

  @Override
  public long length() {
    return reading.length();
  }

  @Override
  public Optional<Region> next() {
    return reading
        .next()
        .map(region -> new Region(region.channel(), region.position(), region.count()));
  }

  @Override
  public String toString() {
    return reading.toString();
  }

  @Override
  public void close() {
    reading.close();
  }
}
