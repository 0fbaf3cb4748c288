package dev.berth.registry.upload;

/**
 * How uploads are cut, in bytes.
 *
 * @param buffer of the parts that a streamed body is written in; two are in memory at a time. Not
 *     less than what the store takes as a part
 * @param smallestApiPart of UploadLayerPart, but for an upload's last part
 * @param largestApiPart of UploadLayerPart
 */
public record PartSizes(int buffer, int smallestApiPart, int largestApiPart) {

  /** The largest chunk whose hash is carried on from chunk to chunk; larger ones are read again. */
  static final long LARGEST_HASHED_CHUNK = 20L << 20;

  /**
   * The largest layer from elsewhere whose bytes are read again if they do not come in one request,
   * which a function with S3's 75 MB/s does in a quarter of a minute.
   */
  static final long LARGEST_READ_AGAIN = 1L << 30;

  /** How many parts of a long stream are written before the upload's record takes note of them. */
  static final int CHECKPOINT = 8;

  /** S3's bound. */
  static final int MOST_PARTS = 10_000;

  /** S3's bound on a part that is copied. */
  static final long LARGEST_COPY = 5L << 30;

  private static final int MANY_PARTS = 1_000;

  /** ECR's part sizes (ECR quotas), and 8 MiB buffers: 10,000 of them hold the largest layer. */
  public static PartSizes defaults() {
    return new PartSizes(8 << 20, 5 << 20, 10 << 20);
  }

  /**
   * Where a request has to fit into an event of Lambda's (6 MB): 3 MiB in base64 do even when a
   * gateway encodes the request once more. Nobody who keeps to that can send 5 MiB, so the minimum
   * is the same.
   */
  public static PartSizes behindLambda() {
    return new PartSizes(8 << 20, 3 << 20, 3 << 20);
  }

  /**
   * The fewest bytes of a chunk's end that become a part rather than wait for the next chunk. Once
   * an upload has many parts they have to be full ones, lest the numbers run out.
   */
  int smallestPart(int number, int storeMinimum) {
    return number > MANY_PARTS ? buffer : storeMinimum;
  }
}
