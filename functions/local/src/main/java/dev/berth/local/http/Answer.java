package dev.berth.local.http;

import static io.netty.handler.codec.http.HttpHeaderNames.CONNECTION;
import static io.netty.handler.codec.http.HttpHeaderNames.CONTENT_LENGTH;
import static io.netty.handler.codec.http.HttpHeaderNames.DATE;
import static io.netty.handler.codec.http.HttpHeaderValues.CLOSE;
import static io.netty.handler.codec.http.HttpHeaderValues.KEEP_ALIVE;

import dev.berth.lambda.http.Response;
import dev.berth.lambda.http.Response.Body.Blob;
import dev.berth.local.http.BlobSource.Region;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.DefaultFileRegion;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.stream.ChunkedNioFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * A response ready to be sent: made on the handler's thread, written on the event loop.
 *
 * @param body what is sent after the header section; empty for HEAD
 * @param regions as much as is sent of a blob; empty for HEAD and where there is a body
 */
record Answer(HttpResponseStatus status, HttpHeaders headers, ByteBuf body, List<Region> regions) {

  private static final String REQUEST_ID = "x-amzn-RequestId";

  /** What one read takes of a file that is sent encrypted. */
  private static final int CHUNK = 64 * 1024;

  /**
   * @param length of the body as the headers have it, in bytes
   */
  private static Answer of(
      Response response, long length, String id, ByteBuf body, List<Region> regions) {
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
    return new Answer(HttpResponseStatus.valueOf(response.status()), headers, body, regions);
  }

  /**
   * Of a response without a blob.
   *
   * @param id the request's
   */
  static Answer of(Response response, boolean head, String id) {
    return switch (response.body()) {
      case Response.Body.Empty() -> of(response, 0, id, Unpooled.EMPTY_BUFFER, List.of());
      case Response.Body.Bytes(byte[] bytes) -> {
        var body = head ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(bytes);
        yield of(response, bytes.length, id, body, List.of());
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
    var regions = head ? List.<Region>of() : regions(files, blob);
    return of(response, blob.length(), id, Unpooled.EMPTY_BUFFER, regions);
  }

  private static List<Region> regions(BlobSource.Regions files, Blob blob) throws IOException {
    var regions = files.regions(blob.objectKey(), blob.offset(), blob.length());
    long found = regions.stream().mapToLong(Region::count).sum();
    if (found != blob.length()) {
      close(regions);
      throw new IOException("of %s %d bytes were found".formatted(blob, found));
    }
    return regions;
  }

  /** To be called on the event loop. The future is done when the client's socket took it all. */
  ChannelFuture write(ChannelHandlerContext context, boolean persistent, boolean http10) {
    if (!persistent) {
      headers.set(CONNECTION, CLOSE);
    } else if (http10) {
      headers.set(CONNECTION, KEEP_ALIVE);
    }
    if (regions.isEmpty()) {
      return context.writeAndFlush(
          new DefaultFullHttpResponse(
              HttpVersion.HTTP_1_1, status, body, headers, EmptyHttpHeaders.INSTANCE));
    }
    context.write(new DefaultHttpResponse(HttpVersion.HTTP_1_1, status, headers));
    boolean secure = context.pipeline().get(SslHandler.class) != null;
    regions.forEach(region -> context.write(secure ? chunks(region) : sendable(region)));
    return context.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT);
  }

  private static DefaultFileRegion sendable(Region region) {
    return new DefaultFileRegion(region.file(), region.position(), region.count());
  }

  private static ChunkedNioFile chunks(Region region) {
    try {
      return new ChunkedNioFile(region.file(), region.position(), region.count(), CHUNK);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Instead of writing it. */
  void discard() {
    close(regions);
  }

  private static void close(List<Region> regions) {
    for (var region : regions) {
      try {
        region.file().close();
      } catch (IOException e) {
        throw new UncheckedIOException("cannot close a blob's file", e);
      }
    }
  }
}
