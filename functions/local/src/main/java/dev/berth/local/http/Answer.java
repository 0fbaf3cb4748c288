package dev.berth.local.http;

import static io.netty.handler.codec.http.HttpHeaderNames.CONNECTION;
import static io.netty.handler.codec.http.HttpHeaderNames.CONTENT_LENGTH;
import static io.netty.handler.codec.http.HttpHeaderNames.DATE;
import static io.netty.handler.codec.http.HttpHeaderValues.CLOSE;
import static io.netty.handler.codec.http.HttpHeaderValues.KEEP_ALIVE;

import dev.berth.lambda.http.Response;
import dev.berth.lambda.http.Response.Body.Blob;
import dev.berth.local.http.BlobSource.Reading;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.io.IOException;
import java.util.Optional;

/**
 * A response ready to be sent: made on the handler's thread, written on the event loop.
 *
 * @param body what is sent after the header section; empty for HEAD
 * @param blob what is sent of a blob; empty for HEAD and where there is a body
 */
record Answer(
    HttpResponseStatus status, HttpHeaders headers, ByteBuf body, Optional<Reading> blob) {

  private static final String REQUEST_ID = "x-amzn-RequestId";

  /**
   * @param length of the body as the headers have it, in bytes
   */
  private static Answer of(
      Response response, long length, String id, ByteBuf body, Optional<Reading> blob) {
    var headers = new DefaultHttpHeaders();
    response.headers().fields().forEach(headers::add);
    if (!headers.contains(REQUEST_ID)) {
      headers.set(REQUEST_ID, id);
    }
    headers.set(DATE, HttpDate.now());
    // RFC 9110, section 8.6: there is none in a 204
    if (response.status() == 204) {
      headers.remove(CONTENT_LENGTH);
    } else {
      headers.set(CONTENT_LENGTH, length);
    }
    return new Answer(HttpResponseStatus.valueOf(response.status()), headers, body, blob);
  }

  /**
   * Of a response without a blob.
   *
   * @param id the request's
   */
  static Answer of(Response response, boolean head, String id) {
    return switch (response.body()) {
      case Response.Body.Empty() -> of(response, 0, id, Unpooled.EMPTY_BUFFER, Optional.empty());
      case Response.Body.Bytes(byte[] bytes) -> {
        var body = head ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(bytes);
        yield of(response, bytes.length, id, body, Optional.empty());
      }
      case Response.Body.Blob(String key, long offset, long length) ->
          throw new IllegalArgumentException("the bytes of " + key + " are to be found first");
    };
  }

  /**
   * Of a response that sends a blob's bytes.
   *
   * @throws IOException if the files of the blob cannot be opened
   */
  static Answer of(Response response, Blob blob, boolean head, String id, BlobSource.Regions files)
      throws IOException {
    Optional<Reading> reading = head ? Optional.empty() : Optional.of(read(files, blob));
    return of(response, blob.length(), id, Unpooled.EMPTY_BUFFER, reading);
  }

  private static Reading read(BlobSource.Regions files, Blob blob) throws IOException {
    Reading reading = files.read(blob.objectKey(), blob.offset(), blob.length());
    if (reading.length() != blob.length()) {
      reading.close();
      throw new IOException("of %s %d bytes were found".formatted(blob, reading.length()));
    }
    return reading;
  }

  /** To be called on the event loop. The future is done when the client's socket took it all. */
  ChannelFuture write(ChannelHandlerContext context, boolean persistent, boolean http10) {
    if (!persistent) {
      headers.set(CONNECTION, CLOSE);
    } else if (http10) {
      headers.set(CONNECTION, KEEP_ALIVE);
    }
    if (blob.isEmpty()) {
      return context.writeAndFlush(
          new DefaultFullHttpResponse(
              HttpVersion.HTTP_1_1, status, body, headers, EmptyHttpHeaders.INSTANCE));
    }
    context.write(new DefaultHttpResponse(HttpVersion.HTTP_1_1, status, headers));
    return new BlobSending(context, blob.get()).start();
  }

  /** Instead of writing it. */
  void discard() {
    blob.ifPresent(Reading::close);
  }
}
