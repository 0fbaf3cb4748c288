package dev.berth.registry.store;

import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Objects whose listings tell the time by a clock of the test's. */
public final class TimedObjects implements Objects {

  private final Objects objects;
  private final InstantSource clock;
  private final Map<String, Instant> written = new ConcurrentHashMap<>();
  private final Map<String, Instant> begun = new ConcurrentHashMap<>();

  public TimedObjects(Objects objects, InstantSource clock) {
    this.objects = objects;
    this.clock = clock;
  }

  @Override
  public int smallestPart() {
    return objects.smallestPart();
  }

  @Override
  public void put(String key, ByteBuffer bytes, ObjectEncryption encryption) {
    written.put(key, clock.instant());
    objects.put(key, bytes, encryption);
  }

  @Override
  public void copy(String source, String key, ObjectEncryption encryption) {
    written.put(key, clock.instant());
    objects.copy(source, key, encryption);
  }

  @Override
  public String begin(String key, ObjectEncryption encryption) {
    begun.put(key, clock.instant());
    return objects.begin(key, encryption);
  }

  @Override
  public Part part(String key, String multipart, int number, ByteBuffer bytes) {
    return objects.part(key, multipart, number, bytes);
  }

  @Override
  public Part copyPart(
      String key, String multipart, int number, String source, long offset, long length) {
    return objects.copyPart(key, multipart, number, source, offset, length);
  }

  @Override
  public List<Part> parts(String key, String multipart) {
    return objects.parts(key, multipart);
  }

  @Override
  public void complete(String key, String multipart, List<Part> parts) {
    written.put(key, clock.instant());
    objects.complete(key, multipart, parts);
  }

  @Override
  public void abort(String key, String multipart) {
    objects.abort(key, multipart);
  }

  @Override
  public InputStream get(String key, long offset, long length) {
    return objects.get(key, offset, length);
  }

  @Override
  public void delete(String key) {
    objects.delete(key);
  }

  @Override
  public Page<Stored> list(Optional<String> after, int limit) {
    return objects
        .list(after, limit)
        .map(object -> new Stored(object.key(), object.size(), written.get(object.key())));
  }

  @Override
  public Page<OpenMultipart> multiparts(Optional<String> after, int limit) {
    return objects
        .multiparts(after, limit)
        .map(open -> new OpenMultipart(open.key(), open.id(), begun.get(open.key())));
  }

  @Override
  public URI signedLink(String key, Method method, Duration validity) {
    return objects.signedLink(key, method, validity);
  }
}
