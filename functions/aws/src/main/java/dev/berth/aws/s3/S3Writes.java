package dev.berth.aws.s3;

import dev.berth.registry.store.Objects.ObjectExistsException;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Writes that must make a new object or none: conditional ones ({@code If-None-Match: *}).
 *
 * <p>The SDK repeats a request whose answer is lost, and then its second attempt meets the object
 * of its first. So each write marks its object, and a write that is refused at a second attempt
 * looks whose object it met.
 */
record S3Writes(S3Client s3, String bucket) {

  private static final int ATTEMPTS = 5;
  private static final long LONGEST_PAUSE_NANOS = 100_000_000;

  /** The name of the mark in an object's metadata. */
  private static final String MARK = "berth-write";

  static String newWrite() {
    return UUID.randomUUID().toString();
  }

  static Map<String, String> mark(String write) {
    return Map.of(MARK, write);
  }

  /**
   * Writes, again and again while another request writes the same key.
   *
   * @throws ObjectExistsException if the key has an object that another write made
   * @throws SdkException if the write is refused for another reason
   */
  void once(String key, String write, Runnable request) {
    for (int attempt = 1; ; attempt++) {
      try {
        request.run();
        return;
      } catch (SdkException e) {
        if (S3Failure.isConflict(e) && attempt < ATTEMPTS) {
          pause();
        } else {
          settle(key, write, e, attempt > 1 || isRepeated(e));
          return;
        }
      }
    }
  }

  /** Returns if the write was done in spite of its error, throws what it means otherwise. */
  private void settle(String key, String write, SdkException e, boolean repeated) {
    boolean unclear =
        S3Failure.isPreconditionFailed(e) || S3Failure.isNoSuchUpload(e) || S3Failure.isConflict(e);
    if (repeated && unclear) {
      Optional<String> found = markOf(key);
      if (found.equals(Optional.of(write))) {
        return;
      }
      if (found.isPresent()) {
        throw new ObjectExistsException(key);
      }
    }
    if (S3Failure.isPreconditionFailed(e)) {
      throw new ObjectExistsException(key);
    }
    throw e;
  }

  private static boolean isRepeated(SdkException e) {
    return Optional.ofNullable(e.numAttempts()).orElse(1) > 1;
  }

  /** The mark of the object that is there; not anyone's where it has none. */
  private Optional<String> markOf(String key) {
    try {
      var head = s3.headObject(request -> request.bucket(bucket).key(key));
      return Optional.of(head.metadata().getOrDefault(MARK, ""));
    } catch (SdkException e) {
      if (S3Failure.isNoSuchKey(e)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private static void pause() {
    LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(LONGEST_PAUSE_NANOS));
  }
}
