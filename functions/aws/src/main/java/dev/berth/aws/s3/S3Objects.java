package dev.berth.aws.s3;

import dev.berth.registry.store.ObjectEncryption;
import dev.berth.registry.store.ObjectRules;
import dev.berth.registry.store.Objects;
import dev.berth.registry.store.Page;
import dev.berth.registry.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.awscore.presigner.PresignedRequest;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedMultipartUpload;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/**
 * Objects in an S3 bucket, one object of S3's each. The bucket has no versions; its own settings
 * say how it encrypts what is not to be encrypted with a certain key.
 */
public final class S3Objects implements Objects {

  /** Amazon S3 multipart upload limits, S3 User Guide. */
  private static final int SMALLEST_PART = 5 << 20;

  static final String NOTHING_THERE = "*";

  private final S3Client s3;
  private final S3Presigner presigner;
  private final String bucket;
  private final S3Writes writes;
  private final S3Copies copies;

  /**
   * @param s3 of {@link S3Clients}
   */
  public S3Objects(S3Client s3, S3Presigner presigner, String bucket) {
    this(s3, presigner, bucket, S3Copies.LARGEST);
  }

  /**
   * @param largestCopy bytes of an object that is copied in one request
   */
  S3Objects(S3Client s3, S3Presigner presigner, String bucket, long largestCopy) {
    this.s3 = s3;
    this.presigner = presigner;
    this.bucket = bucket;
    this.writes = new S3Writes(s3, bucket);
    this.copies = new S3Copies(s3, bucket, writes, largestCopy);
  }

  @Override
  public int smallestPart() {
    return SMALLEST_PART;
  }

  @Override
  public void put(String key, ByteBuffer bytes, ObjectEncryption encryption) {
    ObjectRules.key(key);
    String write = S3Writes.newWrite();
    try {
      writes.once(
          key,
          write,
          () ->
              s3.putObject(
                  request -> {
                    request
                        .bucket(bucket)
                        .key(key)
                        .metadata(S3Writes.mark(write))
                        .ifNoneMatch(NOTHING_THERE);
                    S3Encryption.on(request, encryption);
                  },
                  Body.of(bytes)));
    } catch (SdkException e) {
      throw S3Failure.unknown("put object " + key, e);
    }
  }

  @Override
  public void copy(String source, String key, ObjectEncryption encryption) {
    copies.copy(this, ObjectRules.key(source), ObjectRules.key(key), encryption);
  }

  @Override
  public String begin(String key, ObjectEncryption encryption) {
    ObjectRules.key(key);
    String write = S3Writes.newWrite();
    try {
      var begun =
          s3.createMultipartUpload(
              request -> {
                request.bucket(bucket).key(key).metadata(S3Writes.mark(write));
                S3Encryption.on(request, encryption);
              });
      return new S3Multipart(write, begun.uploadId()).id();
    } catch (SdkException e) {
      throw S3Failure.unknown("begin object " + key, e);
    }
  }

  @Override
  public Part part(String key, String multipart, int number, ByteBuffer bytes) {
    ObjectRules.key(key);
    ObjectRules.partNumber(number);
    String upload = S3Multipart.parse(multipart).upload();
    try {
      var written =
          s3.uploadPart(
              request -> request.bucket(bucket).key(key).uploadId(upload).partNumber(number),
              Body.of(bytes));
      return new Part(number, etag(written.eTag()), bytes.remaining());
    } catch (SdkException e) {
      if (S3Failure.isNoSuchUpload(e)) {
        throw new NoSuchMultipartException(key);
      }
      throw S3Failure.unknown("write a part of object " + key, e);
    }
  }

  @Override
  public Part copyPart(
      String key, String multipart, int number, String source, long offset, long length) {
    ObjectRules.key(key);
    ObjectRules.key(source);
    ObjectRules.partNumber(number);
    ObjectRules.copyRange(offset, length);
    if (length < SMALLEST_PART) {
      // S3 copies ranges of objects above 5 MB alone (S3 API Reference, UploadPartCopy)
      return part(key, multipart, number, bytes(source, offset, (int) length));
    }
    return copyLargePart(
        key, S3Multipart.parse(multipart).upload(), number, source, offset, length);
  }

  private Part copyLargePart(
      String key, String upload, int number, String source, long offset, long length) {
    try {
      var copied =
          s3.uploadPartCopy(
              request ->
                  request
                      .destinationBucket(bucket)
                      .destinationKey(key)
                      .uploadId(upload)
                      .partNumber(number)
                      .sourceBucket(bucket)
                      .sourceKey(source)
                      .copySourceRange(range(offset, length)));
      return new Part(number, etag(copied.copyPartResult().eTag()), length);
    } catch (SdkException e) {
      if (S3Failure.isNoSuchUpload(e)) {
        throw new NoSuchMultipartException(key);
      }
      if (S3Failure.isNoSuchKey(e)) {
        throw new NoSuchObjectException(source);
      }
      if (S3Failure.isInvalidSource(e)) {
        throw notIn(source, offset, length);
      }
      throw S3Failure.unknown("copy a part of object " + key, e);
    }
  }

  /** A small range of an object, by way of memory. */
  private ByteBuffer bytes(String source, long offset, int length) {
    try (InputStream stream = get(source, offset, length)) {
      byte[] bytes = stream.readNBytes(length);
      if (bytes.length < length) {
        throw notIn(source, offset, length);
      }
      return ByteBuffer.wrap(bytes);
    } catch (IOException e) {
      throw new StoreException("S3 failed to send object " + source, e);
    }
  }

  private static IllegalArgumentException notIn(String source, long offset, long length) {
    return new IllegalArgumentException(
        "not in object %s: %d bytes from %d".formatted(source, length, offset));
  }

  @Override
  public List<Part> parts(String key, String multipart) {
    ObjectRules.key(key);
    String upload = S3Multipart.parse(multipart).upload();
    try {
      return s3
          .listPartsPaginator(request -> request.bucket(bucket).key(key).uploadId(upload))
          .parts()
          .stream()
          .map(part -> new Part(part.partNumber(), etag(part.eTag()), part.size()))
          .toList();
    } catch (SdkException e) {
      if (S3Failure.isNoSuchUpload(e)) {
        return List.of();
      }
      throw S3Failure.unknown("list the parts of object " + key, e);
    }
  }

  @Override
  public void complete(String key, String multipart, List<Part> parts) {
    ObjectRules.key(key);
    var write = S3Multipart.parse(multipart);
    var completed =
        CompletedMultipartUpload.builder()
            .parts(ObjectRules.inOrder(parts).stream().map(S3Objects::completed).toList())
            .build();
    try {
      writes.once(
          key,
          write.write(),
          () ->
              s3.completeMultipartUpload(
                  request ->
                      request
                          .bucket(bucket)
                          .key(key)
                          .uploadId(write.upload())
                          .multipartUpload(completed)
                          .ifNoneMatch(NOTHING_THERE)));
    } catch (SdkException e) {
      if (S3Failure.isNoSuchUpload(e) || S3Failure.isInvalidPart(e)) {
        throw new PartsDifferException(key);
      }
      throw S3Failure.unknown("complete object " + key, e);
    }
  }

  private static CompletedPart completed(Part part) {
    return CompletedPart.builder().partNumber(part.number()).eTag(part.etag()).build();
  }

  @Override
  public void abort(String key, String multipart) {
    ObjectRules.key(key);
    String upload = S3Multipart.parse(multipart).upload();
    try {
      s3.abortMultipartUpload(request -> request.bucket(bucket).key(key).uploadId(upload));
    } catch (SdkException e) {
      if (!S3Failure.isNoSuchUpload(e)) {
        throw S3Failure.unknown("abort object " + key, e);
      }
    }
  }

  @Override
  public InputStream get(String key, long offset, long length) {
    ObjectRules.key(key);
    ObjectRules.range(offset, length);
    try {
      if (length == 0) {
        // no Range header asks for nothing
        s3.headObject(request -> request.bucket(bucket).key(key));
        return InputStream.nullInputStream();
      }
      return new S3Stream(
          s3.getObject(request -> request.bucket(bucket).key(key).range(range(offset, length))));
    } catch (SdkException e) {
      if (S3Failure.isInvalidRange(e)) {
        return InputStream.nullInputStream();
      }
      if (S3Failure.isNoSuchKey(e)) {
        throw new NoSuchObjectException(key);
      }
      throw S3Failure.unknown("read object " + key, e);
    }
  }

  /** A Range header (RFC 9110, section 14.1.2), without an end where that is beyond all sizes. */
  private static String range(long offset, long length) {
    return length > Long.MAX_VALUE - offset
        ? "bytes=%d-".formatted(offset)
        : "bytes=%d-%d".formatted(offset, offset + length - 1);
  }

  @Override
  public void delete(String key) {
    ObjectRules.key(key);
    try {
      s3.deleteObject(request -> request.bucket(bucket).key(key));
    } catch (SdkException e) {
      throw S3Failure.unknown("delete object " + key, e);
    }
  }

  @Override
  public Page<Stored> list(Optional<String> after, int limit) {
    return S3Listing.objects(s3, bucket, after, limit);
  }

  @Override
  public Page<OpenMultipart> multiparts(Optional<String> after, int limit) {
    return S3Listing.multiparts(s3, bucket, after, limit);
  }

  /** {@inheritDoc} S3 refuses a link as soon as the credentials that signed it have expired. */
  @Override
  public URI signedLink(String key, Method method, Duration validity) {
    ObjectRules.key(key);
    ObjectRules.validity(validity);
    PresignedRequest signed =
        switch (method) {
          case GET ->
              presigner.presignGetObject(
                  link ->
                      link.signatureDuration(validity)
                          .getObjectRequest(request -> request.bucket(bucket).key(key)));
          case HEAD ->
              presigner.presignHeadObject(
                  link ->
                      link.signatureDuration(validity)
                          .headObjectRequest(request -> request.bucket(bucket).key(key)));
        };
    // a key and a signature need no encoding beyond what the SDK did
    return URI.create(signed.url().toString());
  }

  /** Some answers quote an ETag and some do not. */
  private static String etag(String etag) {
    return etag.replace("\"", "");
  }
}
