package dev.berth.aws.s3;

import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import software.amazon.awssdk.core.sync.RequestBody;

/** A buffer as the body of a request. */
final class Body {

  private static final String TYPE = "application/octet-stream";

  private Body() {}

  /** Of what an array's buffer has left, without the copy that the SDK's own would make. */
  static RequestBody of(ByteBuffer bytes) {
    if (!bytes.hasArray()) {
      return RequestBody.fromRemainingByteBuffer(bytes.duplicate());
    }
    byte[] array = bytes.array();
    int offset = bytes.arrayOffset() + bytes.position();
    int length = bytes.remaining();
    return RequestBody.fromContentProvider(
        () -> new ByteArrayInputStream(array, offset, length), length, TYPE);
  }
}
