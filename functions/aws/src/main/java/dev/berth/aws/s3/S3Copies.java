package dev.berth.aws.s3;

import dev.berth.registry.store.ObjectEncryption;
import dev.berth.registry.store.Objects;
import dev.berth.registry.store.Objects.NoSuchObjectException;
import dev.berth.registry.store.Objects.Part;
import dev.berth.registry.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.MetadataDirective;

/**
 * Copies of whole objects, which S3 makes by itself: in one request up to 5 GiB (S3 API Reference,
 * CopyObject), in parts above that, several at a time.
 *
 * @param largest bytes of an object that is copied in one request, and of a part
 */
record S3Copies(S3Client s3, String bucket, S3Writes writes, long largest) {

  static final long LARGEST = 5L << 30;

  /** S3 copies a part at some 100 MB/s, and many at a time. */
  private static final long PART = 512L << 20;

  private static final int AT_A_TIME = 16;

  /**
   * @param objects for the parts of what is too large for one request
   */
  void copy(Objects objects, String source, String key, ObjectEncryption encryption) {
    long size = size(source);
    if (size > largest) {
      inParts(objects, source, size, key, encryption);
    } else {
      whole(source, key, encryption);
    }
  }

  private long size(String source) {
    try {
      return s3.headObject(request -> request.bucket(bucket).key(source)).contentLength();
    } catch (SdkException e) {
      throw failure(source, e);
    }
  }

  private void whole(String source, String key, ObjectEncryption encryption) {
    String write = S3Writes.newWrite();
    try {
      writes.once(
          key,
          write,
          () ->
              s3.copyObject(
                  request -> {
                    request
                        .sourceBucket(bucket)
                        .sourceKey(source)
                        .destinationBucket(bucket)
                        .destinationKey(key)
                        .metadataDirective(MetadataDirective.REPLACE)
                        .metadata(S3Writes.mark(write))
                        .ifNoneMatch(S3Objects.NOTHING_THERE);
                    S3Encryption.on(request, encryption);
                  }));
    } catch (SdkException e) {
      throw failure(source, e);
    }
  }

  private static RuntimeException failure(String source, SdkException e) {
    return S3Failure.isNoSuchKey(e)
        ? new NoSuchObjectException(source)
        : S3Failure.unknown("copy object " + source, e);
  }

  private void inParts(
      Objects objects, String source, long size, String key, ObjectEncryption encryption) {
    String multipart = objects.begin(key, encryption);
    boolean complete = false;
    try {
      objects.complete(key, multipart, parts(objects, source, size, key, multipart));
      complete = true;
    } finally {
      if (!complete) {
        objects.abort(key, multipart);
      }
    }
  }

  /** In equal portions: a small remainder would be no part. */
  private List<Part> parts(
      Objects objects, String source, long size, String key, String multipart) {
    long count = Math.ceilDiv(size, Math.min(PART, largest));
    long portion = Math.ceilDiv(size, count);
    var turns = new Semaphore(AT_A_TIME);
    List<Future<Part>> copying = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < count; i++) {
        int number = i + 1;
        long offset = i * portion;
        long length = Math.min(portion, size - offset);
        copying.add(
            threads.submit(
                () -> {
                  turns.acquire();
                  try {
                    return objects.copyPart(key, multipart, number, source, offset, length);
                  } finally {
                    turns.release();
                  }
                }));
      }
    }
    return copying.stream().map(part -> joined(source, part)).toList();
  }

  private static Part joined(String source, Future<Part> copying) {
    try {
      return copying.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause
          ? cause
          : new StoreException("S3 failed to copy object " + source, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException("interrupted while S3 copied object " + source, e);
    }
  }
}
