package dev.berth.aws.s3;

import java.io.FilterInputStream;
import java.io.IOException;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/**
 * An object's bytes. One that is closed before its end drops the connection: to keep it, the rest
 * would have to be read, which may be gigabytes.
 */
final class S3Stream extends FilterInputStream {

  private final ResponseInputStream<GetObjectResponse> response;
  private boolean ended;

  S3Stream(ResponseInputStream<GetObjectResponse> response) {
    super(response);
    this.response = response;
  }

  @Override
  public int read() throws IOException {
    int read = super.read();
    ended |= read < 0;
    return read;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int read = super.read(bytes, offset, length);
    ended |= read < 0;
    return read;
  }

  @Override
  public void close() throws IOException {
    if (ended) {
      super.close();
    } else {
      response.abort();
    }
  }
}
